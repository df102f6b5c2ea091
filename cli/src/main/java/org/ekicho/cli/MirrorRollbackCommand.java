package org.ekicho.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.ekicho.daemon.mirror.ClientSide;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.daemon.mirror.folder.RepoLock;
import org.ekicho.daemon.mirror.publish.Move;
import org.ekicho.daemon.mirror.publish.Publishing;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.ChannelState;
import org.ekicho.mirror.snapshot.SnapshotId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ekicho mirror rollback`: a channel points again to what it pointed to before.
@Command(
        name = "rollback",
        description = "Point a channel to what it pointed to before.",
        footer = {
            "",
            "dnf follows at once. yum 3 (CentOS 5 to 7) refuses a repomd.xml whose timestamps are older than what it",
            "has, until \"yum clean metadata\"; --fresh-timestamps publishes a copy that it takes. Repositories that",
            "came to the channel later stay in it. A second rollback goes forward again; --to names a state."
        })
final class MirrorRollbackCommand extends Printing implements Callable<Integer> {
    @Mixin
    private MirrorOption mirror = new MirrorOption();

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private WaitOption wait = new WaitOption();

    @Option(names = "--dry-run", description = "Only say what would change.")
    private boolean dryRun;

    @Option(names = "--to", paramLabel = "N", description = "The number of a state (default: the one before).")
    private @Nullable Integer number;

    @Option(
            names = "--fresh-timestamps",
            description = "Where the old repomd.xml is older, publish a copy with newer timestamps, without a signature"
                    + " of repomd.xml, which would be wrong.")
    private boolean fresh;

    @Parameters(paramLabel = "CHANNEL", converter = ChannelConverter.class, description = "The channel.")
    @SuppressWarnings("NullAway.Init")
    private ChannelName channel;

    @Override
    public Integer call() throws IOException {
        MirrorFolder folder = mirror.openExisting();
        Publishing publishing = new Publishing(folder);
        ChannelState former = publishing.former(channel, Optional.ofNullable(number));
        List<Move> moves = publishing.plan(channel, former.snapshots());
        MoveReport report = dryRun ? MoveReport.planned(channel, moves, publishing) : apply(folder, former, moves);
        if (output.isJson()) {
            screen.json(report);
        } else {
            report.print(screen);
        }
        return Exit.GOOD;
    }

    private MoveReport apply(MirrorFolder folder, ChannelState former, List<Move> planned) throws IOException {
        Publishing publishing = new Publishing(folder);
        Map<RepoId, SnapshotId> wanted = new TreeMap<>(former.snapshots());
        if (fresh) {
            for (Move move : planned) {
                RepoId repo = move.to().repo();
                if (move.age() == Move.Age.OLDER) {
                    try (RepoLock _ = folder.lock(repo, "rollback of " + channel, wait.patience())) {
                        wanted.put(
                                repo,
                                publishing
                                        .freshCopy(publishing.snapshot(move.to()), Instant.now())
                                        .id());
                    }
                }
            }
        }
        List<Move> moves = publishing.plan(channel, wanted);
        ChannelState state =
                folder.channels().point(channel, wanted, Instant.now(), "rollback to state " + former.number());
        new ClientSide(folder, folder.settings()).refresh().forEach(screen::problem);
        return MoveReport.done(state, moves, publishing);
    }
}
