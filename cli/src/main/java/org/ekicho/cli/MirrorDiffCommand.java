package org.ekicho.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.daemon.mirror.publish.AdvisoryIds;
import org.ekicho.daemon.mirror.publish.Publishing;
import org.ekicho.daemon.mirror.publish.Target;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.Snapshot;
import org.ekicho.mirror.snapshot.SnapshotDiff;
import org.ekicho.mirror.snapshot.SnapshotId;
import org.ekicho.mirror.snapshot.SnapshotRef;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `ekicho mirror diff`: what changes for clients between two snapshots or channels.
@Command(
        name = "diff",
        description = "What changes for clients from one snapshot or channel to another.",
        footer = {
            "",
            "A and B are a channel (prod), a repository of one (base@prod), a snapshot (base@ID), or a repository",
            "(base: its newest). Exit: 0 no difference, 1 there is one."
        })
final class MirrorDiffCommand extends Printing implements Callable<Integer> {
    /// Lines of one kind; `-o json` has them all.
    private static final int LISTED = 200;

    @Mixin
    private MirrorOption mirror = new MirrorOption();

    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(index = "0", paramLabel = "A", description = "Before.")
    @SuppressWarnings("NullAway.Init")
    private String before;

    @Parameters(index = "1", paramLabel = "B", description = "After.")
    @SuppressWarnings("NullAway.Init")
    private String after;

    /// One repository's difference.
    ///
    /// @param from empty when the repository is new
    /// @param to   empty when it is gone
    record RepoDiff(
            String repo,
            String from,
            String to,
            List<String> added,
            List<String> removed,
            List<String> upgraded,
            List<String> downgraded,
            List<String> came,
            List<String> went,
            List<String> altered,
            List<String> advisories) {
        static RepoDiff of(RepoId repo, String from, String to, SnapshotDiff diff) {
            return new RepoDiff(
                    repo.text(),
                    from,
                    to,
                    diff.added().stream().map(String::valueOf).toList(),
                    diff.removed().stream().map(String::valueOf).toList(),
                    moves(diff.upgraded()),
                    moves(diff.downgraded()),
                    builds(diff, SnapshotDiff.Build.Direction.CAME),
                    builds(diff, SnapshotDiff.Build.Direction.WENT),
                    diff.altered().stream().map(String::valueOf).toList(),
                    diff.advisories());
        }

        private static List<String> moves(List<SnapshotDiff.Move> moves) {
            return moves.stream()
                    .map(move -> move.from() + " -> " + move.to().versionRelease())
                    .toList();
        }

        private static List<String> builds(SnapshotDiff diff, SnapshotDiff.Build.Direction direction) {
            return diff.builds().stream()
                    .filter(build -> build.direction() == direction)
                    .map(build -> build.name().toString())
                    .toList();
        }

        boolean isEmpty() {
            return !from.isEmpty()
                    && !to.isEmpty()
                    && added.isEmpty()
                    && removed.isEmpty()
                    && upgraded.isEmpty()
                    && downgraded.isEmpty()
                    && came.isEmpty()
                    && went.isEmpty()
                    && altered.isEmpty()
                    && advisories.isEmpty();
        }
    }

    @Override
    public Integer call() throws IOException {
        MirrorFolder folder = mirror.openExisting();
        Map<RepoId, SnapshotId> was = Target.resolve(folder, before);
        Map<RepoId, SnapshotId> is = Target.resolve(folder, after);
        Set<RepoId> repos = new TreeSet<>(was.keySet());
        repos.addAll(is.keySet());
        List<RepoDiff> diffs = new ArrayList<>();
        for (RepoId repo : repos) {
            diffs.add(diff(folder, repo, was.get(repo), is.get(repo)));
        }
        if (output.isJson()) {
            screen.json(diffs);
        } else {
            diffs.forEach(this::print);
        }
        return diffs.stream().allMatch(RepoDiff::isEmpty) ? Exit.GOOD : Exit.NOT_GOOD;
    }

    private static RepoDiff diff(
            MirrorFolder folder,
            RepoId repo,
            @org.jspecify.annotations.Nullable SnapshotId was,
            @org.jspecify.annotations.Nullable SnapshotId is)
            throws IOException {
        Publishing publishing = new Publishing(folder);
        Snapshot nothing =
                new Snapshot(repo, was == null && is != null ? is : was == null ? none() : was, "", "", List.of());
        Snapshot old = was == null ? nothing : publishing.snapshot(new SnapshotRef(repo, was));
        Snapshot fresh = is == null ? nothing : publishing.snapshot(new SnapshotRef(repo, is));
        return RepoDiff.of(
                repo,
                was == null ? "" : was.text(),
                is == null ? "" : is.text(),
                SnapshotDiff.between(old, fresh, AdvisoryIds.of(folder, old), AdvisoryIds.of(folder, fresh)));
    }

    private static SnapshotId none() {
        throw new IllegalStateException("a repository of neither side");
    }

    private void print(RepoDiff diff) {
        if (diff.isEmpty()) {
            screen.line(screen.bold(diff.repo()) + ": no difference");
            return;
        }
        screen.line(screen.bold(diff.repo()) + ": " + (diff.from().isEmpty() ? "(not there)" : diff.from()) + " -> "
                + (diff.to().isEmpty() ? "(not there)" : diff.to()));
        list("added", diff.added());
        list("removed", diff.removed());
        list("upgraded", diff.upgraded());
        list("downgraded", diff.downgraded());
        list("older build added", diff.came());
        list("older build removed", diff.went());
        list("same name, other bytes", diff.altered());
        list("new advisory", diff.advisories());
    }

    private void list(String word, List<String> names) {
        names.stream().limit(LISTED).forEach(name -> screen.line("  " + word + ": " + name));
        if (names.size() > LISTED) {
            screen.line("  " + word + ": and " + (names.size() - LISTED) + " more");
        }
    }
}
