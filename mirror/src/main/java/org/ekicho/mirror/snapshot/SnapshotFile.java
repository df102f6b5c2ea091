package org.ekicho.mirror.snapshot;

/// One file of a snapshot.
///
/// @param path         relative to the repository, checked: no `..`, no empty part, no leading slash
/// @param sha256       of its content, in hexadecimal digits: its name in the store
/// @param size         bytes
/// @param mtimeSeconds modification time as published, seconds since 1970
/// @param kind         what it is
public record SnapshotFile(String path, String sha256, long size, long mtimeSeconds, Kind kind) {
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
