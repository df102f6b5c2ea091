package org.ekicho.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.daemon.mirror.publish.Move;
import org.ekicho.daemon.mirror.publish.Publishing;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.ChannelState;
import org.ekicho.mirror.snapshot.SnapshotId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ekicho mirror promote`: what one channel points to, another one does too.
@Command(
        name = "promote",
        description = "Point a channel to the snapshots of another: what was tested becomes what is used.",
        footer = {"", "All repositories switch at once, by one rename. Example: ekicho mirror promote test prod"})
final class MirrorPromoteCommand extends Printing implements Callable<Integer> {
    @Mixin
    private MirrorOption mirror = new MirrorOption();

    @Mixin
    private OutputOption output = new OutputOption();

    @Option(names = "--dry-run", description = "Only say what would change.")
    private boolean dryRun;

    @Parameters(index = "0", paramLabel = "FROM", converter = ChannelConverter.class, description = "A channel.")
    @SuppressWarnings("NullAway.Init")
    private ChannelName from;

    @Parameters(
            index = "1",
            paramLabel = "TO",
            converter = ChannelConverter.class,
            description = "Another; made when there is none.")
    @SuppressWarnings("NullAway.Init")
    private ChannelName to;

    @Parameters(
            index = "2..*",
            paramLabel = "REPO",
            converter = RepoConverter.class,
            description = "Only these repositories.")
    private List<RepoId> repos = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        MirrorFolder folder = mirror.openExisting();
        Publishing publishing = new Publishing(folder);
        ChannelState source =
                folder.channels().current(from).orElseThrow(() -> new IOException("there is no channel " + from));
        Map<RepoId, SnapshotId> wanted = new TreeMap<>(source.snapshots());
        for (RepoId repo : repos) {
            if (!wanted.containsKey(repo)) {
                throw new IOException("the channel " + from + " has no repository " + repo + "; it has "
                        + source.sorted().keySet());
            }
        }
        if (!repos.isEmpty()) {
            wanted.keySet().retainAll(repos);
        }
        List<Move> moves = publishing.plan(to, wanted);
        MoveReport report = dryRun
                ? MoveReport.planned(to, moves, publishing)
                : MoveReport.done(
                        folder.channels().point(to, wanted, Instant.now(), "promote from " + from), moves, publishing);
        if (output.isJson()) {
            screen.json(report);
        } else {
            report.print(screen);
        }
        return Exit.GOOD;
    }
}
