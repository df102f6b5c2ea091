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
    /// What a look tells.
    enum Sight {
        AS_BEFORE,
        CHANGED,
        /// The server did not answer, or the metalink names another state: that takes more than a look.
        UNCLEAR
    }

    /// The snapshot that is served, when it is what a run would make again.
    ///
    /// @param accepted what a metalink says of repomd.xml; empty: there is none
    Optional<SnapshotId> unchanged(SyncState state, List<Metalink.Version> accepted) throws IOException, SyncFailure {
        List<SnapshotId> all = folder.snapshots().list(repo.id());
        boolean comparable = !all.isEmpty()
                && state.snapshot().filter(all.getLast()::equals).isPresent()
                && state.demands().equals(Demands.of(repo));
        return comparable && look(state.upstream(), accepted) == Sight.AS_BEFORE ? state.snapshot() : Optional.empty();
    }

    /// Compares what the first server has now.
    Sight look(SyncState.Upstream before, List<Metalink.Version> accepted) throws IOException, SyncFailure {
        Mirror mirror = mirrors.all().getFirst();
        Path file = stage.resolve("repomd.xml");
        DownloadResult result = mirrors.fetch(mirror, MirrorLayout.REPOMD, file, RepomdReader.MAX_BYTES, "SHA-256");
        if (!(result instanceof DownloadResult.Done done)) {
            return Sight.UNCLEAR;
        }
        if (Pinned.age(Files.readAllBytes(file), accepted)
                .filter(Metalink.Age.CURRENT::equals)
                .isEmpty()) {
            return Sight.UNCLEAR;
        }
        if (!before.repomd().equals(done.digests().get("SHA-256"))) {
            return Sight.CHANGED;
        }
        String signature = new SignatureStage(mirrors, mirror, stage)
                .find()
                .map(SignatureStage.Signature::sha256)
                .orElse("");
        String tree = new TreeStage(mirrors, mirror, stage, TreeStage.Before.of(before))
                .describe()
                .map(TreeStage.Description::sha256)
                .orElse("");
        return before.equals(new SyncState.Upstream(before.repomd(), signature, tree))
                ? Sight.AS_BEFORE
                : Sight.CHANGED;
    }
}
