package org.ekicho.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.ekicho.daemon.mirror.ClientSide;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.daemon.mirror.folder.RepoLock;
import org.ekicho.daemon.mirror.index.RepomdSigner;
import org.ekicho.daemon.mirror.publish.Move;
import org.ekicho.daemon.mirror.publish.Publishing;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.settings.RepoSettings;
import org.ekicho.mirror.snapshot.ChannelState;
import org.ekicho.mirror.snapshot.Snapshot;
import org.ekicho.mirror.snapshot.SnapshotId;
import org.ekicho.mirror.snapshot.SnapshotRef;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ekicho mirror rollback`: a channel points again to what it pointed to before.
@Command(
        name = "rollback",
        description = "Point a channel to what it pointed to before; repeated, to what was before that.",
        footer = {
            "",
            "dnf follows at once. yum 3 (CentOS 5 to 7) refuses a repomd.xml whose timestamps are older than what it",
            "has, until \"yum clean metadata\"; --fresh-timestamps publishes a copy that it takes, signed with --sign-with",
            "or the key of the site file. Repositories that came to the channel later stay in it. A second rollback goes",
            "one state further back; --to N goes to any state, also forward again. Gc may have removed old snapshots."
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

    @Option(names = "--to", paramLabel = "N", description = "The number of a state (default: the next one back).")
    private @Nullable Integer number;

    @Option(
            names = "--fresh-timestamps",
            description = "Where the old repomd.xml is older, publish a copy with newer timestamps, signed anew.")
    private boolean fresh;

    @Mixin
    private SigningOptions signing = new SigningOptions();

    @Parameters(paramLabel = "CHANNEL", converter = ChannelConverter.class, description = "The channel.")
    @SuppressWarnings("NullAway.Init")
    private ChannelName channel;

    @Override
    public Integer call() throws IOException {
        MirrorFolder folder = mirror.openExisting();
        Publishing publishing = new Publishing(folder);
        ChannelState former = publishing.former(channel, Optional.ofNullable(number));
        MoveReport report = dryRun
                ? MoveReport.planned(channel, publishing.plan(channel, former.snapshots()), publishing)
                : apply(folder, former);
        if (output.isJson()) {
            screen.json(report);
        } else {
            report.print(screen);
        }
        return Exit.GOOD;
    }

    private MoveReport apply(MirrorFolder folder, ChannelState former) throws IOException {
        Publishing publishing = new Publishing(folder);
        Map<RepoId, SnapshotId> wanted = new TreeMap<>(former.snapshots());
        List<String> warnings = new ArrayList<>();
        for (Map.Entry<RepoId, SnapshotId> each : former.sorted().entrySet()) {
            RepoId repo = each.getKey();
            Snapshot old = publishing.snapshot(new SnapshotRef(repo, each.getValue()));
            if (fresh && publishing.age(channel, old) == Move.Age.OLDER) {
                try (RepoLock _ = folder.lock(repo, "rollback of " + channel, wait.patience())) {
                    Snapshot copy = publishing.freshCopy(old, signer(folder, repo), Instant.now());
                    wanted.put(repo, copy.id());
                    if (Publishing.isSigned(old) && !Publishing.isSigned(copy)) {
                        warnings.add(repo + ": its repomd.xml was signed and the copy is not, so that clients with"
                                + " repo_gpgcheck=1 refuse it; name a secret key with --sign-with, or sign-with in the"
                                + " site file");
                    }
                }
            }
        }
        if (channel.equals(ChannelName.LATEST)) {
            warnings.add(
                    "latest is what the last sync brought: the next sync that finds something new moves it on. To stay"
                            + " at a state, let clients follow a channel of their own: ekicho mirror promote latest prod");
        }
        List<Move> moves = publishing.plan(channel, wanted);
        ChannelState state =
                folder.channels().point(channel, wanted, Instant.now(), ChannelState.rollbackTo(former.number()));
        new ClientSide(folder, folder.settings()).refresh().forEach(screen::problem);
        return MoveReport.done(state, moves, publishing).with(warnings);
    }

    /// The key of the command line, else the repository's own.
    private Optional<RepomdSigner> signer(MirrorFolder folder, RepoId repo) throws IOException {
        Optional<RepomdSigner> named = signing.signer();
        Optional<String> own = folder.settings().repo(repo).flatMap(RepoSettings::signingKey);
        return named.isPresent() || own.isEmpty() ? named : Optional.of(SigningOptions.open(Path.of(own.get())));
    }
}
