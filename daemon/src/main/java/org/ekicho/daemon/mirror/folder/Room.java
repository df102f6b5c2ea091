package org.ekicho.daemon.mirror.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ekicho.mirror.MirrorReason;

/// The room on the disk. Some of it is never used, so that pointers can still be switched and logs written when a
/// sync has used up the rest.
final class Room {
    /// Kept free. A pointer, a state and a manifest need less than a megabyte each; the rest is for others' logs.
    static final long MARGIN_BYTES = 64L << 20;

    /// What a link costs: a name in its folder (of at most 255 bytes) and a line of the manifest.
    private static final long BYTES_PER_LINK = 600;

    private final Path root;

    Room(Path root) {
        this.root = root;
    }

    /// Bytes that a tree of so many files takes.
    static long ofTree(int files) {
        return files * BYTES_PER_LINK;
    }

    /// @throws DiskFullException when so many bytes and the margin are not free
    void require(long bytes) throws IOException {
        long free = Files.getFileStore(root).getUsableSpace();
        if (free - MARGIN_BYTES < bytes) {
            throw new DiskFullException(MirrorReason.DISK_FULL.sentence() + " of " + root + ": "
                    + mebibytes(Math.addExact(Math.min(bytes, Long.MAX_VALUE - MARGIN_BYTES), MARGIN_BYTES))
                    + " MiB are wanted, of which " + mebibytes(MARGIN_BYTES) + " stay free, and there are "
                    + mebibytes(free) + "; see what \"ekicho mirror gc --dry-run\" would free");
        }
    }

    private static long mebibytes(long bytes) {
        return (bytes + (1L << 20) - 1 < 0 ? bytes : bytes + (1L << 20) - 1) >> 20;
    }
}
