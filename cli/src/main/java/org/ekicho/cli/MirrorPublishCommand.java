package org.ekicho.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ekicho.daemon.mirror.ClientSide;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.daemon.mirror.folder.RepoLock;
import org.ekicho.daemon.mirror.publish.Fault;
import org.ekicho.daemon.mirror.publish.FolderIntake;
import org.ekicho.daemon.mirror.publish.FolderMetadata;
import org.ekicho.daemon.mirror.publish.Intake;
import org.ekicho.daemon.mirror.publish.Move;
import org.ekicho.daemon.mirror.publish.Publishing;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.ChannelState;
import org.ekicho.mirror.snapshot.Snapshot;
import org.ekicho.mirror.snapshot.SnapshotId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `ekicho mirror publish`: a folder becomes a snapshot, a snapshot becomes what a channel serves.
@Command(
        name = "publish",
        description = "Publish a folder of packages as a repository, or point a channel to a snapshot.",
        footer = {
            "",
            "  ekicho mirror publish /srv/rpms --as site --to test     a folder, every file checked",
            "  ekicho mirror publish site --to prod                    its newest snapshot",
            "  ekicho mirror publish site --snapshot ID --to prod      another one",
            "",
            "Exit: 0 published, 1 something in the folder is bad and nothing was published, 2 it could not be done."
        })
final class MirrorPublishCommand extends Printing implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private MirrorOption mirror = new MirrorOption();

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private WaitOption wait = new WaitOption();

    @Option(names = "--dry-run", description = "Check, and only say what would change.")
    private boolean dryRun;

    @Option(
            names = "--as",
            paramLabel = "REPO",
            converter = RepoConverter.class,
            description = "The id of the repository that the folder becomes.")
    private @Nullable RepoId as;

    @Option(
            names = "--to",
            paramLabel = "CHANNEL",
            converter = ChannelConverter.class,
            description = "The channel (default for a folder: latest).")
    private @Nullable ChannelName to;

    @Option(names = "--snapshot", paramLabel = "ID", description = "Which snapshot (default: the newest).")
    private @Nullable String snapshot;

    @Parameters(paramLabel = "DIR|REPO", description = "A folder with --as, else a repository of the mirror.")
    @SuppressWarnings("NullAway.Init")
    private String what;

    /// What was done with a folder.
    ///
    /// @param repo     what it became
    /// @param snapshot its snapshot; empty when nothing was published
    /// @param packages in it
    /// @param bytes    of all files
    /// @param faults   why it was refused
    /// @param channel  what that did to the channel; absent when nothing was published
    record Published(
            String repo,
            String snapshot,
            long packages,
            long bytes,
            List<String> faults,
            @Nullable MoveReport channel) {}

    @Override
    public Integer call() throws IOException {
        if (as != null) {
            if (snapshot != null) {
                throw new ParameterException(
                        spec.commandLine(), "--snapshot goes with a repository, not with a folder");
            }
            return publishFolder(as, Path.of(what));
        }
        if (to == null || !RepoId.isValid(what)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "say --as REPO to publish a folder, or REPO --to CHANNEL to point a channel to a repository");
        }
        return point(to, new RepoId(what));
    }

    private int point(ChannelName channel, RepoId repo) throws IOException {
        MirrorFolder folder = mirror.openExisting();
        SnapshotId id;
        if (snapshot == null) {
            List<SnapshotId> all = folder.snapshots().list(repo);
            if (all.isEmpty()) {
                throw new IOException(
                        "the repository " + repo + " has no snapshot; sync it, or publish a folder --as " + repo);
            }
            id = all.getLast();
        } else if (SnapshotId.isValid(snapshot)) {
            id = new SnapshotId(snapshot);
        } else {
            throw new ParameterException(
                    spec.commandLine(), "\"" + snapshot + "\" is no id of a snapshot, e.g. 20261127T101500Z-3f2a9c01");
        }
        MoveReport report = move(folder, channel, Map.of(repo, id), "publish");
        if (output.isJson()) {
            screen.json(report);
        } else {
            report.print(screen);
        }
        return Exit.GOOD;
    }

    private MoveReport move(MirrorFolder folder, ChannelName channel, Map<RepoId, SnapshotId> wanted, String why)
            throws IOException {
        Publishing publishing = new Publishing(folder);
        List<Move> moves = publishing.plan(channel, wanted);
        if (dryRun) {
            return MoveReport.planned(channel, moves, publishing);
        }
        ChannelState state = folder.channels().point(channel, wanted, Instant.now(), why);
        new ClientSide(folder, folder.settings()).refresh().forEach(screen::problem);
        return MoveReport.done(state, moves, publishing);
    }

    private int publishFolder(RepoId repo, Path source) throws IOException {
        if (!Files.isDirectory(source)) {
            throw new IOException(source + " is no folder; to point a channel to a repository leave --as out");
        }
        MirrorFolder folder = mirror.open();
        try (RepoLock _ = folder.lock(repo, "publish", wait.patience())) {
            FolderMetadata metadata = FolderMetadata.of(folder, repo, source);
            if (!metadata.bad().isEmpty()) {
                report(new Published(repo.text(), "", metadata.packages(), metadata.bytes(), metadata.bad(), null));
                return Exit.NOT_GOOD;
            }
            Intake intake = dryRun
                    ? FolderIntake.check(folder, source, metadata.folder())
                    : FolderIntake.take(folder, source, metadata.folder(), repo);
            if (!intake.isGood()) {
                return refuse(repo, intake);
            }
            if (dryRun) {
                report(new Published(repo.text(), "", intake.packages(), intake.bytes(), List.of(), null));
                return Exit.GOOD;
            }
            Snapshot made = folder.snapshots()
                    .publish(
                            repo,
                            intake.revision(),
                            "folder " + source.toAbsolutePath().normalize(),
                            intake.files(),
                            Instant.now());
            MoveReport moved =
                    move(folder, to == null ? ChannelName.LATEST : to, Map.of(repo, made.id()), "publish of a folder");
            report(new Published(repo.text(), made.id().text(), intake.packages(), intake.bytes(), List.of(), moved));
            return Exit.GOOD;
        }
    }

    private int refuse(RepoId repo, Intake intake) {
        report(new Published(
                repo.text(),
                "",
                intake.packages(),
                intake.bytes(),
                intake.faults().stream().map(Fault::sentence).toList(),
                null));
        return Exit.NOT_GOOD;
    }

    private void report(Published published) {
        if (output.isJson()) {
            screen.json(published);
            return;
        }
        published.faults().forEach(fault -> screen.line(screen.bad("bad: ") + fault));
        if (!published.faults().isEmpty()) {
            screen.line("nothing was published: " + published.faults().size() + " bad of "
                    + (published.packages() + published.faults().size())
                    + " packages; what was published before stays");
            return;
        }
        String amount = published.packages() + " packages, " + Bytes.format(published.bytes());
        if (published.channel() == null) {
            screen.line("good: " + amount + "; would be published as " + published.repo());
        } else {
            screen.line("published " + published.repo() + "@" + published.snapshot() + ": " + amount);
            published.channel().print(screen);
        }
    }
}
