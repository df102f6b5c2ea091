package org.ekicho.netboot.media.install;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What a medium offers, for isolinux and GRUB alike. The last choice is always the machine's own disk.
///
/// @param title   above the choices: printable ASCII
/// @param choices in order
/// @param first   name of the choice that starts when nobody does anything; [#LOCAL] for the disk
/// @param patience    before that; zero waits for ever
/// @param serial  speed of a serial console to show the menu on too, e.g. 115200
public record BootMenu(String title, List<Choice> choices, String first, Duration patience, Optional<Integer> serial) {
    /// The name of the choice to go on to the machine's own disk.
    public static final String LOCAL = "local";

    /// The longest wait that isolinux's timeout (tenths of a second, 16 bits) holds.
    private static final Duration MAX_WAIT = Duration.ofSeconds(3_500);

    /// A kernel to start.
    ///
    /// @param name   what one types at isolinux's prompt: small letters, digits, `-`
    /// @param title  printable ASCII
    /// @param kernel path on the medium
    /// @param initrd paths on the medium, in order
    public record Choice(String name, String title, String kernel, List<String> initrd, KernelLine line) {
        public Choice {
            if (!name.matches("[a-z0-9][a-z0-9-]{0,30}") || name.equals(LOCAL)) {
                throw new IllegalArgumentException("no name of a choice: '" + name + "'; e.g. rocky9");
            }
            checkTitle(title);
            initrd = List.copyOf(initrd);
        }
    }

    public BootMenu {
        checkTitle(title);
        choices = List.copyOf(choices);
        Set<String> names = new HashSet<>(Set.of(LOCAL));
        for (Choice choice : choices) {
            if (!names.add(choice.name()))
                throw new IllegalArgumentException("two choices are called " + choice.name());
        }
        if (!names.contains(first)) throw new IllegalArgumentException("there is no choice called " + first);
        if (patience.isNegative() || patience.compareTo(MAX_WAIT) > 0) {
            throw new IllegalArgumentException("a menu waits 0..3500 seconds, not " + patience.toSeconds());
        }
    }

    /// isolinux.cfg; shows [#message] from `boot.msg` beside it.
    public String isolinux() {
        StringBuilder text = new StringBuilder("# Written by Ekicho.\n");
        serial.ifPresent(speed -> text.append("serial 0 ").append(speed).append('\n'));
        text.append("display boot.msg\nprompt 1\ntimeout ")
                .append(patience.toMillis() / 100)
                .append('\n');
        text.append("default ").append(first).append('\n');
        for (Choice choice : choices) {
            text.append("\nlabel ").append(choice.name()).append('\n');
            text.append("  kernel /").append(choice.kernel()).append('\n');
            if (!choice.initrd().isEmpty()) {
                text.append("  initrd /")
                        .append(String.join(",/", choice.initrd()))
                        .append('\n');
            }
            if (!choice.line().arguments().isEmpty())
                text.append("  append ").append(choice.line()).append('\n');
        }
        // The next device in the BIOS's order; 0x80, the usual way, would be this very medium when it is a stick.
        return text.append("\nlabel ")
                .append(LOCAL)
                .append("\n  localboot -1\n")
                .toString();
    }

    /// What isolinux shows above its prompt.
    public String message() {
        StringBuilder text = new StringBuilder("\n").append(title).append("\n\n");
        for (Choice choice : choices) {
            text.append(String.format(Locale.ROOT, "  %-16s %s\n", choice.name(), choice.title()));
        }
        text.append(String.format(Locale.ROOT, "  %-16s %s\n\n", LOCAL, "the machine's own disk"));
        text.append("Type a name and Enter; further arguments may follow the name.\n");
        if (!patience.isZero()) {
            text.append("Without a key, ")
                    .append(first)
                    .append(" starts in ")
                    .append(patience.toSeconds())
                    .append(" s.\n");
        }
        return text.append('\n').toString();
    }

    /// grub.cfg.
    ///
    /// @param marker path of a file that is on this medium only, by which GRUB finds it
    public String grub(String marker) {
        StringBuilder text = new StringBuilder("# Written by Ekicho.\n");
        serial.ifPresent(speed -> text.append("serial --unit=0 --speed=")
                .append(speed)
                .append("\nterminal_input serial console\nterminal_output serial console\n"));
        text.append("search --no-floppy --set=root --file /").append(marker).append('\n');
        text.append("set timeout=")
                .append(patience.isZero() ? -1 : patience.toSeconds())
                .append('\n');
        text.append("set default=").append(first).append('\n');
        for (Choice choice : choices) {
            text.append("\nmenuentry ")
                    .append(quoted(choice.title()))
                    .append(" --id ")
                    .append(choice.name())
                    .append(" {\n");
            text.append("  linux /").append(choice.kernel());
            choice.line().arguments().forEach(argument -> text.append(' ').append(quoted(argument)));
            text.append('\n');
            if (!choice.initrd().isEmpty()) {
                text.append("  initrd /")
                        .append(String.join(" /", choice.initrd()))
                        .append('\n');
            }
            text.append("}\n");
        }
        text.append("\nmenuentry 'Own disk of this machine' --id ").append(LOCAL);
        return text.append(" {\n  exit\n}\n").toString();
    }

    // Within single quotes GRUB takes all but the quote as it is; arguments hold none, titles may.
    private static String quoted(String text) {
        return text.matches("[A-Za-z0-9_./:=,@+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    private static void checkTitle(String title) {
        if (title.isBlank() || title.length() > 70 || !title.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException("a title on a medium is 1..70 printable ASCII signs on one line");
        }
    }
}
