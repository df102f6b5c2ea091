package org.ekicho.cli;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.daemon.mirror.sync.Freshness;
import org.ekicho.daemon.mirror.sync.RepoFolder;
import org.ekicho.daemon.mirror.sync.SyncReport;
import org.ekicho.daemon.mirror.sync.Syncer;
import org.ekicho.host.download.Addresses;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.settings.RepoSettings;
import org.ekicho.mirror.settings.Upstream;
import org.ekicho.mirror.snapshot.Snapshot;
import org.ekicho.mirror.snapshot.SnapshotId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `ekicho mirror list`: every repository, where it comes from, and how its last sync went.
@Command(
        name = "list",
        sortOptions = false,
        description = "The repositories: where they come from, the last sync, the newest snapshot.",
        footer = {"", "Exit: 0 good; with --check 1 something is newer upstream, 2 a server could not be asked."})
final class MirrorListCommand extends Printing implements Callable<Integer> {
    @Mixin
    private MirrorOption mirror = new MirrorOption();

    @Option(names = "--check", description = "Ask every upstream whether it has something newer; fetch nothing else.")
    private boolean check;

    @Mixin
    private OutputOption output = new OutputOption();

    /// One repository, for JSON and for the table.
    ///
    /// @param lastSync  when the last run ended; empty when there was none
    /// @param outcome   of that run
    /// @param reason    why it failed; empty when it did not
    /// @param snapshot  the newest; empty when there is none
    /// @param snapshots how many there are
    /// @param upstream  whether it has something newer; empty: it was not asked
    record Line(
            String id,
            String name,
            String source,
            boolean enabled,
            String lastSync,
            String outcome,
            String reason,
            String snapshot,
            int snapshots,
            Optional<Freshness> upstream) {
        boolean is(Freshness.State state) {
            return upstream.filter(found -> found.state() == state).isPresent();
        }
    }

    @Override
    public Integer call() throws IOException {
        MirrorFolder folder = mirror.openExisting();
        Map<RepoId, Line> lines = new LinkedHashMap<>();
        for (RepoSettings repo : RepoFolder.with(folder)) {
            lines.put(repo.id(), line(folder, repo));
        }
        for (RepoId id : folder.snapshots().repos()) {
            if (!lines.containsKey(id)) {
                List<SnapshotId> all = folder.snapshots().list(id);
                lines.put(
                        id,
                        new Line(
                                id.text(),
                                id.text(),
                                folder.snapshots()
                                        .read(id, all.getLast())
                                        .map(Snapshot::origin)
                                        .orElse(""),
                                true,
                                "",
                                "",
                                "",
                                all.getLast().text(),
                                all.size(),
                                Optional.empty()));
            }
        }
        if (output.isJson()) {
            screen.json(new ArrayList<>(lines.values()));
        } else if (lines.isEmpty()) {
            screen.line("no repositories; add one with \"ekicho mirror add FILE\"");
        } else {
            lines.values().forEach(this::print);
        }
        return lines.values().stream().anyMatch(line -> line.is(Freshness.State.UNKNOWN))
                ? Exit.UNKNOWN
                : lines.values().stream().anyMatch(line -> line.is(Freshness.State.NEWER)) ? Exit.NOT_GOOD : Exit.GOOD;
    }

    private Line line(MirrorFolder folder, RepoSettings repo) throws IOException {
        Optional<SyncReport> last = Syncer.last(folder, repo);
        List<SnapshotId> all = folder.snapshots().list(repo.id());
        return new Line(
                repo.id().text(),
                repo.name(),
                source(repo.source()),
                repo.enabled(),
                last.map(report -> report.endedAt().toString()).orElse(""),
                last.map(report -> report.outcome().name().toLowerCase(java.util.Locale.ROOT))
                        .orElse(""),
                last.filter(report -> !report.isGood())
                        .map(SyncReport::sentence)
                        .orElse(""),
                all.isEmpty() ? "" : all.getLast().text(),
                all.size(),
                check ? Optional.of(Syncer.of(folder, InstantSource.system()).freshness(repo)) : Optional.empty());
    }

    private static String source(RepoSettings.Source source) {
        return switch (source) {
            case RepoSettings.Source.Remote(Upstream upstream) ->
                Addresses.shown(upstream.baseUrls().stream()
                        .findFirst()
                        .or(upstream::metalink)
                        .or(upstream::mirrorlist)
                        .orElse("no address"));
            case RepoSettings.Source.Folder(String path) -> path;
            case RepoSettings.Source.Bundles() -> "bundles";
        };
    }

    private void print(Line line) {
        screen.line(screen.bold(line.id()) + "  " + line.name() + (line.enabled() ? "" : screen.dim("  disabled")));
        screen.line("  from      " + line.source());
        screen.line("  last sync " + (line.lastSync().isEmpty() ? "never" : line.lastSync() + ", " + line.outcome()));
        if (!line.reason().isEmpty()) {
            screen.line("  " + screen.bad("behind") + "    " + line.reason());
        }
        line.upstream().ifPresent(upstream -> screen.line("  upstream  " + upstream.sentence()));
        screen.line("  snapshot  "
                + (line.snapshot().isEmpty() ? "none" : line.snapshot() + " (" + line.snapshots() + " kept)"));
    }
}
