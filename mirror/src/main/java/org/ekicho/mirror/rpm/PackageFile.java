package org.ekicho.mirror.rpm;

import java.util.Optional;
import org.ekicho.mirror.hash.Checksum;

/// A path that a package owns.
///
/// @param path     absolute; directories without a slash at the end
/// @param kind     file, directory or ghost
/// @param checksum digest of its content, for filelists-ext; empty where the package has none
public record PackageFile(String path, Kind kind, Optional<Checksum> checksum) {
    /// What a path is, with the words of filelists.xml (a plain file has none).
    public enum Kind {
        FILE,
        DIR,
        GHOST
    }
}
