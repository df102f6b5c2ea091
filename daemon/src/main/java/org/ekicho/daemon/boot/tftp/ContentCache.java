package org.ekicho.daemon.boot.tftp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ekicho.host.net.SharedBytes;
import org.ekicho.netboot.tftp.BootFile;

/// The content of files that are being sent, opened once for all transfers of a file; some stay open for the
/// next machine of the rack. A file that was replaced on the disk is opened anew. Belongs to one thread.
final class ContentCache implements AutoCloseable {
    /// Files that stay open while nobody fetches them: the loaders of all architectures and a few kernels. Each
    /// costs a mapping, its pages are the page cache's.
    private static final int IDLE = 32;

    /// Opens content.
    @FunctionalInterface
    interface Opener {
        /// @throws IOException if it cannot be read
        SharedBytes open(BootFile file) throws IOException;
    }

    /// Content in use.
    static final class Lent {
        private final String source;
        private final Object version;
        private final SharedBytes bytes;
        private int users;

        private Lent(String source, Object version, SharedBytes bytes) {
            this.source = source;
            this.version = version;
            this.bytes = bytes;
        }

        private Lent used() {
            users++;
            return this;
        }

        SharedBytes bytes() {
            return bytes;
        }
    }

    private final Opener opener;
    /// By source, the longest unused first.
    private final Map<String, Lent> open = new LinkedHashMap<>(16, 0.75f, true);

    ContentCache(Opener opener) {
        this.opener = opener;
    }

    /// Reads [BootFile#source] as a path.
    static SharedBytes fromDisk(BootFile file) throws IOException {
        try {
            return SharedBytes.map(Path.of(file.source()));
        } catch (InvalidPathException e) {
            throw new IOException(file.name() + " has no content on the disk", e);
        }
    }

    /// @throws IOException if it cannot be read, or its size is not the index's
    Lent lend(BootFile file) throws IOException {
        Optional<Object> version = version(file);
        Lent lent = open.get(file.source());
        if (lent == null || version.isEmpty() || !lent.version.equals(version.get())) {
            SharedBytes bytes = opened(file);
            // What is not on the disk may be other bytes the next time: it is kept for this user only.
            if (version.isEmpty()) return new Lent(file.source(), file, bytes).used();
            // One that is still being sent is closed by its last user.
            if (lent != null && lent.users == 0) lent.bytes.close();
            lent = new Lent(file.source(), version.get(), bytes);
            open.put(file.source(), lent);
        }
        return lent.used();
    }

    private SharedBytes opened(BootFile file) throws IOException {
        SharedBytes bytes = opener.open(file);
        long size = bytes.size();
        if (size == file.size()) return bytes;
        bytes.close();
        throw new IOException("it has " + size + " bytes now, " + file.size() + " when the index was made");
    }

    /// What differs after a file was replaced; empty for what is not on the disk.
    private static Optional<Object> version(BootFile file) throws IOException {
        try {
            Path path = Path.of(file.source());
            if (!Files.isRegularFile(path)) return Optional.empty();
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return Optional.of(List.of(
                    attributes.size(),
                    attributes.lastModifiedTime(),
                    String.valueOf(attributes.fileKey()),
                    file.size()));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    void giveBack(Lent lent) {
        lent.users--;
        if (lent.users > 0) return;
        if (open.get(lent.source) != lent) {
            lent.bytes.close();
            return;
        }
        if (open.size() <= IDLE) return;
        for (Lent old : List.copyOf(open.values())) {
            if (old.users == 0 && open.size() > IDLE) {
                open.remove(old.source);
                old.bytes.close();
            }
        }
    }

    /// Files that are open.
    int size() {
        return open.size();
    }

    /// Nothing may be lent any more.
    @Override
    public void close() {
        open.values().forEach(lent -> lent.bytes.close());
        open.clear();
    }
}
