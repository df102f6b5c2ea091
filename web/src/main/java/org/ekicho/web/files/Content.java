package org.ekicho.web.files;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ekicho.mirror.repodata.RepomdReader;
import org.jspecify.annotations.Nullable;

/// What lies at a real path (no link in it).
///
/// @param real            where
/// @param size            bytes
/// @param modifiedSeconds modification time, seconds since 1970
/// @param etag            a strong validator, quoted. It is made of the inode's number, its birth time, size and
///                        modification time. Contents are hard links into the store, where a content gets an
///                        inode once and is never written again: the same content has the same tag in each
///                        snapshot, other bytes have another inode; should its number be used again one day, the
///                        birth time differs
/// @param lifetime        whether the path ever has other bytes
/// @param bytes           all of it, when it is small and can never change; else null, and it is read from the
///                        file
public record Content(
        Path real,
        long size,
        long modifiedSeconds,
        String etag,
        Lifetime lifetime,
        @Nullable Buffer bytes) {
    /// Whether a real path ever has other bytes.
    public enum Lifetime {
        FOR_EVER,
        UNTIL_IT_CHANGES
    }

    /// All of its bytes, from memory or from the disk.
    ///
    /// @throws IOException when they cannot be read, or are more than any index of a repository
    public byte[] all() throws IOException {
        if (bytes != null) {
            return bytes.getBytes();
        }
        if (size > RepomdReader.MAX_BYTES) {
            throw new IOException(real + " has " + size + " bytes, more than any repomd.xml");
        }
        return Files.readAllBytes(real);
    }

    /// Whether the real path never has other bytes.
    public boolean neverChanges() {
        return lifetime == Lifetime.FOR_EVER;
    }
}
