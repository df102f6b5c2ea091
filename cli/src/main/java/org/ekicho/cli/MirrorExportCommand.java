package org.ekicho.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ekicho.daemon.mirror.bundle.BundleDesk;
import org.ekicho.daemon.mirror.bundle.BundleExport;
import org.ekicho.daemon.mirror.bundle.BundleRefusedException;
import org.ekicho.daemon.mirror.bundle.ExportOrder;
import org.ekicho.daemon.mirror.bundle.ExportPlan;
import org.ekicho.daemon.mirror.bundle.Receipts;
import org.ekicho.daemon.mirror.bundle.Since;
import org.ekicho.mirror.bundle.BundleId;
import org.ekicho.mirror.bundle.BundleManifest;
import org.ekicho.mirror.bundle.SnapshotName;
import org.ekicho.mirror.bundle.VolumePlanner;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.RepoId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ekicho mirror export`: writes a bundle.
@Command(
        name = "export",
        description = "Write a signed bundle of snapshots, to be carried to a site without a network.")
final class MirrorExportCommand extends Printing implements Callable<Integer> {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,12})([KMGT]?)(-1)?");

    @Mixin
    private MirrorOption mirror = new MirrorOption();

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private BundleKeyOptions keys = new BundleKeyOptions();

    @Parameters(paramLabel = "REPO", arity = "0..*", description = "Repositories (default: all).")
    private List<String> repos = List.of();

    @Option(
            names = "--channel",
            paramLabel = "CHANNEL",
            description = "What this channel points to (default: what any channel points to, and the newest).")
    private @Nullable String channel;

    @Option(
            names = "--since",
            paramLabel = "WHAT",
            description = "Leave out what the receiver has: last (what it was sent last), the id of a bundle, or the"
                    + " file of its receipt (default: leave out nothing).")
    private @Nullable String since;

    @Option(
            names = "--receiver",
            paramLabel = "NAME",
            defaultValue = "default",
            description = "Whom it is for, under which \"--since last\" remembers (default: ${DEFAULT-VALUE}).")
    private String receiver = "default";

    @Option(names = "--to", paramLabel = "DIR", description = "Where the bundle's folder is made, such as a stick.")
    private @Nullable Path to;

    @Option(
            names = "--volume-size",
            paramLabel = "SIZE",
            defaultValue = "4G-1",
            description = "Largest file, such as 4G-1 (what FAT32 holds) or 650M (default: ${DEFAULT-VALUE}).")
    private String volumeSize = "4G-1";

    @Option(
            names = "--even-if-nothing-new",
            description = "Write a bundle also when the receiver would learn nothing from it.")
    private boolean evenIfNothingNew;

    @Option(names = "--dry-run", description = "Show what would be written, and write nothing.")
    private boolean dryRun;

    /// What was or would be written.
    ///
    /// @param bundle      empty when nothing is new
    /// @param folder      of the bundle; empty in a dry run
    /// @param sentAgain   snapshots of the receipt that are no longer here
    record Written(
            String bundle,
            String folder,
            String basedOn,
            List<String> snapshots,
            int volumes,
            int objects,
            int objectsLeftOut,
            long bytes,
            List<String> sentAgain) {
        Written {
            snapshots = List.copyOf(snapshots);
            sentAgain = List.copyOf(sentAgain);
        }

        /// No bundle, as nothing is new.
        static Written nothing(ExportPlan plan) {
            return new Written(
                    "", "", plan.draft().base().words(), List.of(), 0, 0, plan.objectsLeftOut(), 0, List.of());
        }

        static Written of(ExportPlan plan, String folder) {
            BundleManifest draft = plan.draft();
            return new Written(
                    draft.id().text(),
                    folder,
                    draft.base().words(),
                    draft.snapshots().stream()
                            .map(snapshot -> new SnapshotName(snapshot.repo(), snapshot.id()).toString())
                            .toList(),
                    draft.volumes().size(),
                    plan.objects(),
                    plan.objectsLeftOut(),
                    draft.volumeBytes(),
                    plan.unknown().stream().map(SnapshotName::toString).toList());
        }
    }

    @Override
    public Integer call() throws IOException {
        OptionalLong volume = bytes(volumeSize);
        Optional<String> wrong = wrongUsage(volume);
        if (wrong.isPresent()) {
            screen.problem(wrong.get());
            return Exit.USAGE;
        }
        BundleDesk desk = new BundleDesk(mirror.open());
        if (keys.isAsked()) {
            BundleKeyOptions.KeyShown shown = keys.show(desk);
            if (to == null) {
                print(shown);
                return Exit.GOOD;
            }
        }
        try {
            return export(desk, order(desk, volume.orElseThrow()));
        } catch (BundleRefusedException e) {
            screen.problem(e.getMessage() + "");
            return Exit.NOT_GOOD;
        }
    }

    private Optional<String> wrongUsage(OptionalLong volume) {
        if (to == null && !keys.isAsked()) {
            return Optional.of("where to? Name a folder, e.g. --to /media/usb");
        }
        if (volume.isEmpty() || volume.getAsLong() < VolumePlanner.MIN_BYTES) {
            return Optional.of("--volume-size " + volumeSize + " is no size of " + VolumePlanner.MIN_BYTES
                    + " bytes or more, e.g. 4G-1 or 650M");
        }
        for (String repo : repos) {
            if (!RepoId.isValid(repo)) {
                return Optional.of(repo + " is no id of a repository");
            }
        }
        if (channel != null && !ChannelName.isValid(channel)) {
            return Optional.of(channel + " is no name of a channel");
        }
        if (!receiver.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,63}")) {
            return Optional.of("--receiver is letters, digits, - and _, such as island");
        }
        return Optional.empty();
    }

    private ExportOrder order(BundleDesk desk, long volume) throws IOException, BundleRefusedException {
        return new ExportOrder(
                repos.stream().map(RepoId::new).toList(),
                Optional.ofNullable(channel).map(ChannelName::new),
                since(desk),
                receiver,
                to == null ? Path.of("") : to,
                volume);
    }

    private Since since(BundleDesk desk) throws IOException, BundleRefusedException {
        if (since == null) {
            return new Since.Nothing();
        }
        if (since.toLowerCase(Locale.ROOT).equals("last")) {
            return new Since.Last();
        }
        if (BundleId.isValid(since)) {
            return new Since.Earlier(new BundleId(since));
        }
        Path file = Path.of(since);
        if (!Files.exists(file)) {
            throw new IOException("--since " + since + " is neither \"last\" nor a bundle's id nor a receipt's file");
        }
        return new Since.Acknowledged(new Receipts(desk).read(file));
    }

    private int export(BundleDesk desk, ExportOrder order) throws IOException {
        BundleExport export = new BundleExport(desk);
        ExportPlan plan = export.plan(order, keys.site(desk), Instant.now());
        if (plan.news() == ExportPlan.News.NOTHING && !evenIfNothingNew) {
            printNothing(Written.nothing(plan));
            return Exit.GOOD;
        }
        if (dryRun) {
            print(Written.of(plan, ""), "would write ");
            return Exit.GOOD;
        }
        BundleExport.Report report =
                export.run(order, keys.secret(desk), Instant.now(), output.isJson() ? text -> {} : screen::line);
        print(Written.of(report.plan(), report.folder().toString()), "wrote ");
        return Exit.GOOD;
    }

    private void printNothing(Written nothing) {
        if (output.isJson()) {
            screen.json(nothing);
        } else {
            screen.line("nothing is new since " + nothing.basedOn()
                    + ": no bundle was written; --even-if-nothing-new writes one");
        }
    }

    private void print(BundleKeyOptions.KeyShown shown) {
        if (output.isJson()) {
            screen.json(shown);
            return;
        }
        screen.line("bundle key of " + shown.site() + ": " + screen.bold(shown.fingerprint()));
        if (!shown.file().isEmpty()) {
            screen.line(
                    "public key in " + shown.file() + "; on the other side type: ekicho mirror import --trust FILE");
        }
    }

    private void print(Written written, String verb) {
        if (output.isJson()) {
            screen.json(written);
            return;
        }
        screen.line(verb + "bundle " + screen.bold(written.bundle()) + ", based on " + written.basedOn() + ": "
                + Amounts.count(written.snapshots().size(), "snapshot") + ", "
                + Amounts.count(written.objects(), "file") + " in " + Amounts.count(written.volumes(), "volume")
                + ", " + Amounts.bytes(written.bytes())
                + (written.objectsLeftOut() > 0 ? "; " + written.objectsLeftOut() + " left out, which are there" : ""));
        written.snapshots().forEach(snapshot -> screen.line("  " + snapshot));
        if (written.snapshots().isEmpty()) {
            screen.line("  nothing is new; it only says what the channels point to");
        }
        written.sentAgain()
                .forEach(snapshot -> screen.line("  the receiver's snapshot " + snapshot
                        + " is no longer here, so that its files may be sent again"));
        if (!written.folder().isEmpty()) {
            screen.line(
                    "carry " + written.folder() + " over, then type there: ekicho mirror import " + written.folder());
        }
    }

    /// `4G-1`, `650M`, `1000000`; powers of 1024.
    static OptionalLong bytes(String text) {
        Matcher matcher = SIZE.matcher(text.toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        int shift = 10 * "_KMGT".indexOf(matcher.group(2).isEmpty() ? "_" : matcher.group(2));
        long number = Long.parseLong(matcher.group(1));
        if (number > (Long.MAX_VALUE >> 1) >> shift) {
            return OptionalLong.empty();
        }
        return OptionalLong.of((number << shift) - (matcher.group(3) == null ? 0 : 1));
    }
}
