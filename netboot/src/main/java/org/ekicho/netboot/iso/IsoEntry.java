package org.ekicho.netboot.iso;

import java.util.List;

/// A file, folder or symbolic link of an image.
public sealed interface IsoEntry {
    /// From the top, without a leading `/`; empty for the top folder.
    String path();

    /// The last part of the path.
    default String name() {
        return path().substring(path().lastIndexOf('/') + 1);
    }

    /// A row of sectors.
    ///
    /// @param at    bytes from the image's start
    /// @param bytes that belong to the file
    record Extent(long at, long bytes) {}

    /// A folder.
    record Folder(String path, Extent extent) implements IsoEntry {}

    /// A file.
    ///
    /// @param extents all within the image; more than one for files of 4 GiB and more
    record File(String path, List<Extent> extents) implements IsoEntry {
        public File {
            extents = List.copyOf(extents);
        }

        public long size() {
            return extents.stream().mapToLong(Extent::bytes).sum();
        }
    }

    /// A symbolic link.
    ///
    /// @param target as it is written; may lead anywhere and is nothing to follow unchecked
    record Link(String path, String target) implements IsoEntry {}
}
