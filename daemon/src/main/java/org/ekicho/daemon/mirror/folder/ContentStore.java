package org.ekicho.daemon.mirror.folder;

import java.io.IOException;
import java.nio.file.Path;

/// Every content once, named by its SHA-256. A content is never changed and never half there: it is written elsewhere
/// on
/// the same file system (the stage) and arrives by a rename.
public interface ContentStore {
    /// Whether this content is there.
    ///
    /// @param sha256 64 hexadecimal digits
    boolean has(String sha256);

    /// Where it lies or would lie. Whoever reads it must not write.
    Path path(String sha256);

    /// Takes a finished file whose digest was computed while it was written: renames it into the store, mode 0444. When
    /// the content is there already, the file is deleted.
    void take(Path finished, String sha256) throws IOException;

    /// Makes `target` a name of the content: a hard link, or a copy where the file system has no more links to give.
    void link(String sha256, Path target) throws IOException;
}
