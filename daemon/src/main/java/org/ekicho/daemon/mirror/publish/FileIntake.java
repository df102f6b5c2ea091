package org.ekicho.daemon.mirror.publish;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import org.ekicho.daemon.mirror.folder.ContentStore;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.hash.Checksum;
import org.ekicho.mirror.hash.HashType;
import org.ekicho.mirror.snapshot.SnapshotFile;

/// Takes files of a folder into the store, one at a time: each is read once, copied and hashed on the way, and arrives
/// only when it is what its metadata says.
final class FileIntake {
    private static final int BUFFER = 1 << 18;

    private final Path packages;
    private final Path metadata;
    private final ContentStore store;
    private final Optional<Path> stage;
    private final byte[] buffer = new byte[BUFFER];

    /// @param packages the folder
    /// @param metadata the folder that `repodata/` is in
    /// @param stage    where to copy to before the store takes it; empty: nothing is taken, only checked
    FileIntake(Path packages, Path metadata, ContentStore store, Optional<Path> stage) {
        this.packages = packages;
        this.metadata = metadata;
        this.store = store;
        this.stage = stage;
    }

    /// What a file should be.
    record Expected(String path, SnapshotFile.Kind kind, OptionalLong size, Optional<Checksum> checksum) {}

    /// What it is.
    sealed interface Result {
        record Good(SnapshotFile file) implements Result {}

        record Bad(Fault fault) implements Result {}
    }

    Result take(Expected expected) throws IOException {
        Path root = expected.path().startsWith("repodata/") ? metadata : packages;
        Path file = root.resolve(expected.path());
        if (!Files.isRegularFile(file) || !file.toRealPath().startsWith(root.toRealPath())) {
            String what = Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? "it is no plain file in it" : "it is missing";
            return bad(expected, MirrorReason.NOT_WHAT_IT_SHOULD_BE, what);
        }
        long size = Files.size(file);
        if (expected.size().isPresent() && expected.size().getAsLong() != size) {
            return bad(
                    expected, MirrorReason.WRONG_SIZE, expected.size().getAsLong() + " expected, " + size + " there");
        }
        FileTime time = Files.getLastModifiedTime(file);
        Optional<Path> copy = stage.map(folder -> folder.resolve("intake.part"));
        MessageDigest sha256 = digest(HashType.SHA256);
        Optional<MessageDigest> other =
                expected.checksum().filter(sum -> sum.type() != HashType.SHA256).map(sum -> digest(sum.type()));
        long read = 0;
        try (InputStream in = Files.newInputStream(file);
                OutputStream out =
                        copy.isPresent() ? Files.newOutputStream(copy.get()) : OutputStream.nullOutputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sha256.update(buffer, 0, n);
                int length = n;
                other.ifPresent(digest -> digest.update(buffer, 0, length));
                out.write(buffer, 0, n);
                read += n;
            }
        }
        String name = HexFormat.of().formatHex(sha256.digest());
        String got =
                other.map(digest -> HexFormat.of().formatHex(digest.digest())).orElse(name);
        if (expected.checksum().isPresent() && !expected.checksum().get().hex().equals(got)) {
            return bad(
                    expected, MirrorReason.WRONG_CHECKSUM, expected.checksum().get() + " expected, " + got + " there");
        }
        if (read != size) {
            return bad(expected, MirrorReason.CHANGED_MEANWHILE, "");
        }
        if (copy.isPresent()) {
            Files.setLastModifiedTime(copy.get(), time);
            store.take(copy.get(), name);
        }
        return new Result.Good(
                new SnapshotFile(expected.path(), name, size, Math.floorDiv(time.toMillis(), 1000), expected.kind()));
    }

    private static Result bad(Expected expected, MirrorReason reason, String detail) {
        return new Result.Bad(new Fault(expected.path(), reason, detail));
    }

    private static MessageDigest digest(HashType type) {
        try {
            return MessageDigest.getInstance(type.algorithm());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + type.algorithm(), e);
        }
    }
}
