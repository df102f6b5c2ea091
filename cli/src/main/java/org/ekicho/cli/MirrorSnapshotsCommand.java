package org.ekicho.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.daemon.mirror.publish.Publishing;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.Keeping;
import org.ekicho.mirror.snapshot.Retention;
import org.ekicho.mirror.snapshot.Snapshot;
import org.ekicho.mirror.snapshot.SnapshotFile;
import org.ekicho.mirror.snapshot.SnapshotRef;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ekicho mirror snapshots`: what there is, who uses it, why it is kept.
@Command(
        name = "snapshots",
        description = "List the snapshots, what uses them and why they are kept; pin one that is to stay.")
final class MirrorSnapshotsCommand extends Printing implements Callable<Integer> {
    @Mixin
    private MirrorOption mirror = new MirrorOption();

    @Mixin
    private OutputOption output = new OutputOption();

    @Option(
            names = "--pin",
            paramLabel = "REPO@ID",
            converter = SnapshotConverter.class,
            description = "Keep this one for ever.")
    private @Nullable SnapshotRef pin;

    @Option(names = "--why", paramLabel = "TEXT", description = "The reason, for --pin.", defaultValue = "by an admin")
    private String why = "by an admin";

    @Option(
            names = "--unpin",
            paramLabel = "REPO@ID",
            converter = SnapshotConverter.class,
            description = "Let it go like the others.")
    private @Nullable SnapshotRef unpin;

    @Parameters(
            arity = "0..*",
            paramLabel = "REPO",
            converter = RepoConverter.class,
            description = "Only of these repositories.")
    private List<RepoId> repos = new ArrayList<>();

    /// One line.
    ///
    /// @param kept     why it stays; empty: the next gc removes it
    /// @param channels that point to it
    record Line(
            String repo,
            String id,
            String made,
            String revision,
            String origin,
            long packages,
            long bytes,
            List<String> channels,
            List<String> kept) {}

    @Override
    public Integer call() throws IOException {
        MirrorFolder folder = mirror.openExisting();
        if (pin != null) {
            folder.pins().pin(pin, why);
        }
        if (unpin != null) {
            folder.pins().unpin(unpin);
        }
        Retention retention = folder.collector().look(Set.of(), Instant.now()).retention();
        List<Line> lines = new ArrayList<>();
        for (Retention.Kept kept : retention.kept()) {
            add(lines, folder, kept.snapshot(), kept.reasons());
        }
        for (SnapshotRef going : retention.going()) {
            add(lines, folder, going, List.of());
        }
        lines.sort((a, b) -> (a.repo() + " " + a.id()).compareTo(b.repo() + " " + b.id()));
        if (output.isJson()) {
            screen.json(lines);
        } else if (lines.isEmpty()) {
            screen.line("no snapshots; \"ekicho mirror sync\" or \"ekicho mirror publish DIR --as REPO\" makes one");
        } else {
            print(lines);
        }
        return Exit.GOOD;
    }

    private void add(List<Line> lines, MirrorFolder folder, SnapshotRef ref, List<Keeping> reasons) throws IOException {
        if (!repos.isEmpty() && !repos.contains(ref.repo())) {
            return;
        }
        Snapshot snapshot = new Publishing(folder).snapshot(ref);
        List<String> channels = reasons.stream()
                .filter(reason -> reason.why() == Keeping.Rule.CURRENT)
                .map(Keeping::detail)
                .toList();
        lines.add(new Line(
                ref.repo().text(),
                ref.id().text(),
                ref.id().madeAt().toString(),
                snapshot.revision(),
                snapshot.origin(),
                snapshot.files().stream()
                        .filter(file -> file.kind() == SnapshotFile.Kind.PACKAGE)
                        .count(),
                snapshot.files().stream().mapToLong(SnapshotFile::size).sum(),
                channels,
                reasons.stream().map(Keeping::sentence).toList()));
    }

    private void print(List<Line> lines) {
        String repo = "";
        for (Line line : lines) {
            if (!line.repo().equals(repo)) {
                repo = line.repo();
                screen.line(screen.bold(repo));
            }
            screen.line(String.format(
                    "  %s  %6d packages  %9s  %s",
                    line.id(),
                    line.packages(),
                    Bytes.format(line.bytes()),
                    line.kept().isEmpty() ? screen.dim("the next gc removes it") : String.join("; ", line.kept())));
        }
    }
}
