package org.ekicho.daemon.mirror.sync;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ekicho.daemon.mirror.folder.ContentStore;
import org.ekicho.mirror.repodata.RepomdRecord;
import org.ekicho.mirror.snapshot.MirrorLayout;
import org.ekicho.mirror.snapshot.SnapshotFile;
import org.ekicho.mirror.sync.RecordStep;

/// Makes the files of a snapshot that are no packages: metadata, its root, the description of the install tree.
record Publication(ContentStore store, Path stage, Instant now) {
    /// Everything as upstream has it, byte for byte.
    List<SnapshotFile> kept(
            Pinned pinned,
            Optional<Path> signature,
            List<RecordStep> steps,
            Map<String, String> metadata,
            Optional<TreeStage.Tree> tree)
            throws IOException {
        List<SnapshotFile> files = new ArrayList<>();
        for (RecordStep step : steps) {
            if (step.fate() == RecordStep.Fate.KEPT) {
                files.add(record(
                        step.record(), metadata.getOrDefault(step.record().type(), "")));
            }
        }
        long mtime = pinned.lastModified().orElse(now).getEpochSecond();
        files.add(take(pinned.file(), MirrorLayout.REPOMD, mtime, SnapshotFile.Kind.ROOT));
        if (signature.isPresent()) {
            files.add(take(signature.get(), MirrorLayout.REPOMD + ".asc", mtime, SnapshotFile.Kind.ROOT));
        }
        if (tree.isPresent()) {
            long treeTime = tree.get().lastModified().orElse(now).getEpochSecond();
            files.add(take(tree.get().file(), tree.get().path(), treeTime, SnapshotFile.Kind.TREE));
        }
        return files;
    }

    /// A metadata file of upstream that is in the store.
    SnapshotFile record(RepomdRecord record, String sha256) throws IOException {
        long mtime = record.timestamp() > 0 ? record.timestamp() : now.getEpochSecond();
        return new SnapshotFile(
                record.location(), sha256, Files.size(store.path(sha256)), mtime, SnapshotFile.Kind.METADATA);
    }

    /// Brings a file of the stage into the store.
    SnapshotFile take(Path file, String path, long mtime, SnapshotFile.Kind kind) throws IOException {
        String sha256;
        try (InputStream in = Files.newInputStream(file)) {
            sha256 = Digests.of("SHA-256", in);
        }
        long size = Files.size(file);
        store.take(file, sha256);
        return new SnapshotFile(path, sha256, size, mtime, kind);
    }

    SnapshotFile take(byte[] content, String path, SnapshotFile.Kind kind) throws IOException {
        Path file = stage.resolve("made");
        Files.write(file, content);
        return take(file, path, now.getEpochSecond(), kind);
    }
}
