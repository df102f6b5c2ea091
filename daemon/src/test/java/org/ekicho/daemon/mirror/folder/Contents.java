package org.ekicho.daemon.mirror.folder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.MirrorLayout;
import org.ekicho.mirror.snapshot.Snapshot;
import org.ekicho.mirror.snapshot.SnapshotFile;

/// Snapshots for tests, whose contents are words.
final class Contents {
    static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    static final RepoId BASE = new RepoId("base");

    private Contents() {}

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Puts a word into the store.
    static SnapshotFile file(MirrorFolder folder, RepoId repo, String path, String word) throws IOException {
        byte[] content = word.getBytes(UTF_8);
        Path beside = folder.stage(repo).resolve("part-" + System.nanoTime());
        Files.write(beside, content);
        folder.store().take(beside, sha256(content));
        SnapshotFile.Kind kind = path.endsWith(".rpm")
                ? SnapshotFile.Kind.PACKAGE
                : path.startsWith(MirrorLayout.REPOMD) ? SnapshotFile.Kind.ROOT : SnapshotFile.Kind.METADATA;
        return new SnapshotFile(path, sha256(content), content.length, 1_767_225_600, kind);
    }

    /// Publishes packages that are called `PATH` or `PATH=CONTENT`, with metadata that speaks of them.
    static Snapshot publish(MirrorFolder folder, RepoId repo, Instant now, String... packages) throws IOException {
        List<SnapshotFile> files = new ArrayList<>();
        StringBuilder primary = new StringBuilder();
        for (String each : packages) {
            String path = each.split("=", -1)[0];
            files.add(file(folder, repo, path, "content of " + each));
            primary.append(each).append('\n');
        }
        String name = "repodata/" + sha256(primary.toString().getBytes(UTF_8)) + "-primary.xml";
        files.add(file(folder, repo, name, primary.toString()));
        files.add(file(folder, repo, MirrorLayout.REPOMD, "primary is " + name));
        return folder.snapshots().publish(repo, "1", "a test", files, now);
    }
}
