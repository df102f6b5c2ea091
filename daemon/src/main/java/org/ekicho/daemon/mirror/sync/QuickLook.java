package org.ekicho.daemon.mirror.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.host.download.DownloadResult;
import org.ekicho.mirror.metadata.Metalink;
import org.ekicho.mirror.repodata.RepomdReader;
import org.ekicho.mirror.settings.RepoSettings;
import org.ekicho.mirror.snapshot.MirrorLayout;
import org.ekicho.mirror.snapshot.SnapshotId;

/// Tells by a few small files whether upstream is as it was. Most runs end here, so that it reads no metadata, no
/// manifest and no key: it compares checksums with those of the last good run. What it cannot tell is left to
/// [SyncRun].
record QuickLook(MirrorFolder folder, RepoSettings repo, Mirrors mirrors, Path stage) {
    /// @param accepted what a metalink says of repomd.xml; empty: there is none
    /// @return the snapshot that is served, when it is what a run would make again
    Optional<SnapshotId> look(SyncState state, List<Metalink.Version> accepted) throws IOException, SyncFailure {
        List<SnapshotId> all = folder.snapshots().list(repo.id());
        boolean comparable = !all.isEmpty()
                && state.snapshot().filter(all.getLast()::equals).isPresent()
                && state.demands().equals(Demands.of(repo));
        if (!comparable) {
            return Optional.empty();
        }
        Mirror mirror = mirrors.all().getFirst();
        return isAsBefore(mirror, state.upstream(), accepted) ? state.snapshot() : Optional.empty();
    }

    private boolean isAsBefore(Mirror mirror, SyncState.Upstream before, List<Metalink.Version> accepted)
            throws IOException, SyncFailure {
        Path file = stage.resolve("repomd.xml");
        DownloadResult result = mirrors.fetch(mirror, MirrorLayout.REPOMD, file, RepomdReader.MAX_BYTES, "SHA-256");
        if (!(result instanceof DownloadResult.Done done)
                || !before.repomd().equals(done.digests().get("SHA-256"))
                || Pinned.age(Files.readAllBytes(file), accepted)
                        .filter(Metalink.Age.CURRENT::equals)
                        .isEmpty()) {
            return false;
        }
        String signature = new SignatureStage(mirrors, mirror, stage)
                .find()
                .map(SignatureStage.Signature::sha256)
                .orElse("");
        String tree = new TreeStage(mirrors, mirror, stage)
                .describe()
                .map(TreeStage.Description::sha256)
                .orElse("");
        return before.equals(new SyncState.Upstream(before.repomd(), signature, tree));
    }
}
