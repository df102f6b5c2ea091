package org.ekicho.daemon.mirror.publish;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.daemon.mirror.index.RepomdSigner;
import org.ekicho.mirror.hash.HashType;
import org.ekicho.mirror.snapshot.MirrorLayout;
import org.ekicho.mirror.snapshot.Snapshot;
import org.ekicho.mirror.snapshot.SnapshotFile;
import org.ekicho.mirror.snapshot.Timestamps;

/// Copies a snapshot with newer timestamps in repomd.xml; everything else is the same contents.
///
/// @param folder     the mirror
/// @param publishing reads repomd.xml
record FreshCopy(MirrorFolder folder, Publishing publishing) {
    static final String SIGNATURE = MirrorLayout.REPOMD + ".asc";

    /// The caller holds the repository's lock.
    Snapshot make(Snapshot old, Optional<RepomdSigner> signer, Instant now) throws IOException {
        byte[] repomd =
                Timestamps.move(publishing.repomd(old), now.getEpochSecond()).getBytes(StandardCharsets.ISO_8859_1);
        List<SnapshotFile> files = new ArrayList<>();
        for (SnapshotFile file : old.files()) {
            if (file.kind() != SnapshotFile.Kind.ROOT) {
                files.add(file);
            }
        }
        files.add(take(old, MirrorLayout.REPOMD, repomd, now));
        if (signer.isPresent()) {
            files.add(take(old, SIGNATURE, signer.get().sign(repomd), now));
        }
        return folder.snapshots().publish(old.repo(), old.revision(), old.id() + " with fresh timestamps", files, now);
    }

    private SnapshotFile take(Snapshot old, String path, byte[] content, Instant now) throws IOException {
        String name = sha256(content);
        Path beside = folder.stage(old.repo()).resolve("fresh");
        Files.write(beside, content);
        folder.store().take(beside, name);
        return new SnapshotFile(path, name, content.length, now.getEpochSecond(), SnapshotFile.Kind.ROOT);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(HashType.SHA256.algorithm())
                            .digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
