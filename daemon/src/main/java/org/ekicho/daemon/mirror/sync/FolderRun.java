package org.ekicho.daemon.mirror.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.daemon.mirror.publish.Fault;
import org.ekicho.daemon.mirror.publish.FolderIntake;
import org.ekicho.daemon.mirror.publish.FolderMetadata;
import org.ekicho.daemon.mirror.publish.Intake;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.settings.RepoSettings;
import org.ekicho.mirror.snapshot.Snapshot;
import org.ekicho.mirror.snapshot.SnapshotId;

/// A sync of a repository whose packages lie in a folder of this host: they are indexed, checked and published, as
/// `ekicho mirror publish DIR --as REPO` does.
final class FolderRun {
    private final MirrorFolder folder;
    private final RepoSettings repo;
    private final Path source;
    private final Instant now;

    FolderRun(MirrorFolder folder, RepoSettings repo, Path source, Instant now) {
        this.folder = folder;
        this.repo = repo;
        this.source = source;
        this.now = now;
    }

    /// @throws SyncFailure when nothing can be published
    SyncRun.Result run(SyncOptions options) throws IOException, SyncFailure {
        if (!Files.isDirectory(source)) {
            throw new SyncFailure(
                    MirrorReason.UNREACHABLE, "the folder " + source + " of " + repo.id() + " is not there");
        }
        Optional<SnapshotId> before = folder.snapshots().newest(repo.id()).map(Snapshot::id);
        FolderMetadata metadata = FolderMetadata.of(folder, repo.id(), source);
        if (!metadata.bad().isEmpty()) {
            throw failure(metadata.bad().stream()
                    .map(bad -> new SyncReport.BadFile(bad, MirrorReason.MALFORMED, ""))
                    .toList());
        }
        boolean planOnly = options.extent() == SyncOptions.Extent.PLAN_ONLY;
        Intake intake = planOnly
                ? FolderIntake.check(folder, source, metadata.folder())
                : FolderIntake.take(folder, source, metadata.folder(), repo.id());
        if (!intake.isGood()) {
            List<SyncReport.BadFile> bad = new ArrayList<>();
            for (Fault fault : intake.faults()) {
                bad.add(new SyncReport.BadFile(fault.path(), fault.reason(), fault.detail()));
            }
            throw failure(bad);
        }
        if (planOnly) {
            return new SyncRun.Result(SyncReport.Outcome.PLANNED, before, Optional.empty());
        }
        SnapshotId made = folder.snapshots()
                .publish(repo.id(), intake.revision(), "folder " + source, intake.files(), now)
                .id();
        SyncRun.point(folder, repo.id(), made, now);
        return new SyncRun.Result(
                before.filter(made::equals).isPresent() ? SyncReport.Outcome.UNCHANGED : SyncReport.Outcome.PUBLISHED,
                Optional.of(made),
                Optional.empty());
    }

    private SyncFailure failure(List<SyncReport.BadFile> bad) {
        SyncReport.BadFile first = bad.getFirst();
        return new SyncFailure(
                first.reason(),
                (bad.size() == 1 ? "1 file" : bad.size() + " files") + " of " + source + " cannot be published; "
                        + first.path() + (first.detail().isEmpty() ? "" : ": " + first.detail()),
                bad);
    }
}
