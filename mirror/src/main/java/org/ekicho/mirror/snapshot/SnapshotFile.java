package org.ekicho.mirror.snapshot;

import org.ekicho.mirror.hash.Checksum;
import org.ekicho.mirror.hash.HashType;

/// One file of a snapshot.
///
/// @param path         relative to the repository, as [SnapshotPath] allows it
/// @param sha256       of its content, in lower-case hexadecimal digits: its name in the store
/// @param size         bytes
/// @param mtimeSeconds modification time as published, seconds since 1970
/// @param kind         what it is
public record SnapshotFile(String path, String sha256, long size, long mtimeSeconds, Kind kind) {
    public SnapshotFile {
        SnapshotPath.problem(path).ifPresent(problem -> {
            throw new IllegalArgumentException("no path of a repository's file: " + problem);
        });
        if (Checksum.parse(HashType.SHA256.word(), sha256)
                .filter(sum -> sum.hex().equals(sha256))
                .isEmpty()) {
            throw new IllegalArgumentException("no SHA-256 in lower-case hexadecimal digits");
        }
        if (size < 0) {
            throw new IllegalArgumentException("a negative size: " + size);
        }
    }

    /// What a file is.
    public enum Kind {
        PACKAGE,
        METADATA,
        /// `.treeinfo`, images, loaders of an install tree.
        TREE,
        /// `repomd.xml` or its signature: what names the rest.
        ROOT
    }
}
