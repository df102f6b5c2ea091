package org.ekicho.netboot.script;

import java.util.List;
import java.util.stream.Collectors;

/// Scripts for iPXE, in words that its builds of 2019 know. Each says on the screen what it does and why, so that
/// somebody who stands before the machine knows as much as the station master.
public final class IpxeScript {
    /// Seconds that the menu waits before it goes to the local disk.
    public static final int MENU_SECONDS = 20;

    /// Seconds between two tries of a file that did not come: a switch port may be blocked for half a minute.
    private static final int RETRY_SECONDS = 5;
    /// Tries of each file.
    private static final int TRIES = 6;

    private IpxeScript() {}

    /// What is to be started.
    ///
    /// @param title     for the screen: `web on web1`
    /// @param kernel    URL
    /// @param initrds   URLs, in their order
    /// @param arguments the kernel's command line
    public record Installer(String title, String kernel, List<String> initrds, String arguments) {
        public Installer {
            initrds = List.copyOf(initrds);
        }
    }

    /// An entry of the menu.
    ///
    /// @param name  one word: `web`
    /// @param title for the screen
    /// @param url   of the script that it goes on with
    public record Entry(String name, String title, String url) {}

    /// Starts an installer. The initrd comes before the kernel, since the order counts as carried out once the kernel
    /// is there.
    public static String install(Installer what) {
        Lines lines = new Lines();
        lines.add("echo Ekicho: " + screen(what.title()));
        for (String initrd : what.initrds()) {
            lines.retry("initrd " + url(initrd));
        }
        // Under UEFI the kernel asks iPXE for its initrds by these names.
        String names = what.initrds().stream()
                .map(initrd -> "initrd=" + initrd.substring(initrd.lastIndexOf('/') + 1) + " ")
                .collect(Collectors.joining());
        lines.retry("kernel " + url(what.kernel()) + " " + names + command(what.arguments()));
        lines.add("boot || goto failed");
        lines.end();
        return lines.text();
    }

    /// Asks once more, and says who it is: for an iPXE that was given the bare address of the script.
    ///
    /// @param url of the script
    public static String askAgain(String url) {
        Lines lines = new Lines();
        lines.add("chain --replace " + url(url)
                + "?mac=${net0/mac}&uuid=${uuid}&serial=${serial:uristring}&platform=${platform} || goto failed");
        lines.end();
        return lines.text();
    }

    /// Goes on to the machine's own disk, and says why.
    public static String ownDisk(String why) {
        Lines lines = new Lines();
        lines.add("echo Ekicho: " + screen(why));
        lines.ownDisk();
        return lines.text();
    }

    /// Lets a person choose; without a choice it is the machine's own disk.
    ///
    /// @param machine what it is called, or its address
    public static String menu(String machine, List<Entry> entries) {
        Lines lines = new Lines();
        lines.add("menu Ekicho: " + screen(machine));
        lines.add("item --default local local Start from the local disk");
        for (Entry entry : entries) {
            lines.add("item " + word(entry.name()) + " " + screen(entry.title()));
        }
        lines.add("item shell iPXE command line");
        lines.add("choose --timeout " + MENU_SECONDS * 1000 + " --default local choice || set choice local");
        lines.add("goto ${choice}");
        for (Entry entry : entries) {
            lines.add(":" + word(entry.name()));
            lines.add("chain --replace " + url(entry.url()) + " || goto failed");
        }
        lines.add(":shell");
        lines.add("shell");
        lines.add("goto local");
        lines.end();
        return lines.text();
    }

    /// Text for the screen: what iPXE would take for its own (`${`, `&&`, `||`, `;`-like) is taken out.
    static String screen(String text) {
        return text.chars()
                .filter(c -> c >= 0x20 && c != 0x7f && "${}&|\\`#".indexOf(c) < 0)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /// A kernel's command line. iPXE expands `${…}` in it, and nothing else.
    ///
    /// @throws IllegalArgumentException for control characters and what iPXE would expand
    static String command(String text) {
        if (text.chars().anyMatch(c -> c < 0x20 || c == 0x7f) || text.contains("${")) {
            throw new IllegalArgumentException("no kernel command line: " + text);
        }
        return text;
    }

    /// @throws IllegalArgumentException for what is no plain URL
    static String url(String text) {
        if (!text.matches("(https?|ftp)://[!-~]+") || text.contains("${")) {
            throw new IllegalArgumentException("no URL: " + text);
        }
        return text;
    }

    private static String word(String text) {
        if (!text.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}") || text.equals("local") || text.equals("shell")) {
            throw new IllegalArgumentException("no name of a menu entry: " + text);
        }
        return text;
    }

    private static final class Lines {
        private final StringBuilder text = new StringBuilder("#!ipxe\n");
        private int labels;

        void add(String line) {
            text.append(line).append('\n');
        }

        /// Tries a command some times, with a wait between.
        void retry(String command) {
            String label = "try" + ++labels;
            add("set " + label + ":int32 0");
            add(":" + label);
            add(command + " && goto " + label + "ok ||");
            add("inc " + label);
            add("iseq ${" + label + "} " + TRIES + " && goto failed ||");
            add("echo Ekicho: it did not come, once more in " + RETRY_SECONDS + " s");
            add("sleep " + RETRY_SECONDS);
            add("goto " + label);
            add(":" + label + "ok");
        }

        /// The two ends of every script: the local disk, and a failure that somebody can read.
        void end() {
            add(":failed");
            add("echo Ekicho: this did not work; the server knows more: ekicho boot trace ${net0/mac}");
            add("sleep 30");
            add(":local");
            ownDisk();
        }

        /// BIOS needs to be pushed to the disk; UEFI goes on by itself.
        void ownDisk() {
            add("iseq ${platform} pcbios && sanboot --no-describe --drive 0x80 ||");
            add("exit");
        }

        String text() {
            return text.toString();
        }
    }
}
