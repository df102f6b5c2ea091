package org.ekicho.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.ekicho.daemon.mirror.ClientSide;
import org.ekicho.daemon.mirror.bundle.BundleDesk;
import org.ekicho.daemon.mirror.bundle.BundleImport;
import org.ekicho.daemon.mirror.bundle.BundleRefusedException;
import org.ekicho.daemon.mirror.bundle.ImportOrder;
import org.ekicho.daemon.mirror.bundle.ImportReport;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.mirror.bundle.BundleKey;
import org.ekicho.mirror.settings.ChannelName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ekicho mirror import`: takes bundles in.
@Command(
        name = "import",
        description = "Check bundles completely, then publish every snapshot that is complete; the rest waits.")
final class MirrorImportCommand extends Printing implements Callable<Integer> {
    @Mixin
    private MirrorOption mirror = new MirrorOption();

    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(
            paramLabel = "DIR",
            arity = "0..*",
            description =
                    "Folders with bundles or volumes, in any order (default: see whether what waits is complete).")
    private List<Path> folders = List.of();

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description = "Pin this public key: what it signs is accepted from now on. Compare the fingerprint first.")
    private @Nullable Path trust;

    @Option(
            names = "--channel-map",
            paramLabel = "THERE=HERE",
            description =
                    "Let a channel here follow the sender's, e.g. prod=test (default: latest goes to the newest).")
    private Map<String, String> channels = new TreeMap<>();

    @Option(names = "--no-publish", description = "Point no channel to it: clients see nothing yet.")
    private boolean noPublish;

    @Option(names = "--dry-run", description = "Check every byte, say what would come of it, and change nothing.")
    private boolean dryRun;

    /// A key that was pinned.
    record Trusted(String site, String fingerprint) {}

    @Override
    public Integer call() throws IOException {
        for (Map.Entry<String, String> each : channels.entrySet()) {
            if (!ChannelName.isValid(each.getKey()) || !ChannelName.isValid(each.getValue())) {
                screen.problem("--channel-map " + each + " is not two names of channels, e.g. prod=test");
                return Exit.USAGE;
            }
        }
        MirrorFolder folder = mirror.open();
        BundleDesk desk = new BundleDesk(folder);
        if (trust != null) {
            BundleKey.Named key = BundleDesk.readKey(trust);
            desk.trust(key);
            print(new Trusted(key.site(), key.key().fingerprint()));
            if (folders.isEmpty()) {
                return Exit.GOOD;
            }
        }
        ImportOrder order = new ImportOrder(folders, pointing());
        Consumer<String> progress = output.isJson() ? text -> {} : screen::line;
        try {
            BundleImport work = new BundleImport(desk);
            ImportReport report = dryRun ? work.plan(order, progress) : work.run(order, Instant.now(), progress);
            if (!dryRun) {
                new ClientSide(folder, folder.settings()).refresh().forEach(screen::problem);
            }
            print(report);
            return report.isComplete() ? Exit.GOOD : Exit.NOT_GOOD;
        } catch (BundleRefusedException e) {
            screen.problem(e.getMessage() + "; nothing was published");
            return Exit.NOT_GOOD;
        }
    }

    private ImportOrder.Pointing pointing() {
        if (noPublish) {
            return new ImportOrder.Pointing.Nothing();
        }
        if (channels.isEmpty()) {
            return new ImportOrder.Pointing.Latest();
        }
        Map<ChannelName, ChannelName> mapped = new TreeMap<>();
        channels.forEach((there, here) -> mapped.put(new ChannelName(there), new ChannelName(here)));
        return new ImportOrder.Pointing.Mapped(mapped);
    }

    private void print(Trusted trusted) {
        if (output.isJson()) {
            screen.json(trusted);
        } else {
            screen.line("bundles of " + trusted.site() + " are accepted if signed by key "
                    + screen.bold(trusted.fingerprint()) + "; is that what the other side sees?");
        }
    }

    private void print(ImportReport report) {
        if (output.isJson()) {
            screen.json(report);
            return;
        }
        String done = dryRun ? "would publish " : "published ";
        for (ImportReport.Bundle bundle : report.bundles()) {
            screen.line("bundle " + screen.bold(bundle.id()) + " of " + bundle.site() + ", based on "
                    + bundle.basedOn() + ": " + Amounts.count(bundle.volumes(), "volume") + ", "
                    + Amounts.bytes(bundle.bytes())
                    + (bundle.missing().isEmpty() ? "" : "; not here: volume " + bundle.missing()));
        }
        report.already().forEach(snapshot -> screen.line("  there already: " + snapshot));
        report.conflicts()
                .forEach(snapshot -> screen.line("  " + screen.bad("not published: " + snapshot)
                        + " has other files here than in the bundle; what is here stays"));
        report.published().forEach(snapshot -> screen.line("  " + screen.good(done + snapshot)));
        report.channels().forEach(channel -> screen.line("  now " + channel));
        for (ImportReport.Waiting waiting : report.waiting()) {
            screen.line("  " + screen.warn("waits: " + waiting.snapshot()) + " lacks "
                    + Amounts.count(waiting.objects(), "file") + " (" + Amounts.bytes(waiting.bytes())
                    + "); it waits for " + waiting.why());
        }
        report.strays()
                .forEach(stray -> screen.line("  " + screen.warn("not used: " + stray)
                        + " belongs to a bundle whose bundle.manifest is not here"));
    }
}
