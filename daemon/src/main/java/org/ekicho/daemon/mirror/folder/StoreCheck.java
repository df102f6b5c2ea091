package org.ekicho.daemon.mirror.folder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.ekicho.host.files.DurableFile;
import org.ekicho.mirror.hash.HashType;

/// Looks after the store when the machine was started anew. What a sync had taken into the store, but no snapshot spoke
/// of yet, was perhaps not on the disk when the power went: such contents (of one name only) are read once, and what is
/// not what it is called is deleted.
final class StoreCheck {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final int BUFFER = 1 << 18;

    private final DiskStore store;
    private final Path seen;

    /// @param seen the file that says which start of the machine the store was looked after for
    StoreCheck(DiskStore store, Path seen) {
        this.store = store;
        this.seen = seen;
    }

    void run() throws IOException {
        String boot = text(BOOT_ID);
        if (boot.equals(text(seen))) {
            return;
        }
        for (String name : store.names()) {
            Path content = store.path(name);
            if (DiskStore.links(content) == 1 && !sha256(content).equals(name)) {
                Files.delete(content);
            }
        }
        new DurableFile(seen).write(boot.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file).strip();
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    static String sha256(Path file) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance(HashType.SHA256.algorithm());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
