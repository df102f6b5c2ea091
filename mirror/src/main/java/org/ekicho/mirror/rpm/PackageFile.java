package org.ekicho.mirror.rpm;

import java.util.Optional;
import org.ekicho.mirror.hash.Checksum;

/// A path that a package owns.
///
/// @param path     absolute; directories without a slash at the end
/// @param kind     file, directory or ghost
/// @param checksum digest of its content, for filelists-ext; empty where the package has none
public record PackageFile(String path, Kind kind, Optional<Checksum> checksum) {
    /// Whether primary.xml lists it, so that it can be required without filelists.xml.
    public boolean isPrimary() {
        return isPrimary(path);
    }

    /// Whether a path is one that primary.xml lists: configuration and commands (the rule of createrepo of 2003).
    public static boolean isPrimary(String path) {
        return path.startsWith("/etc/") || path.contains("bin/") || path.equals("/usr/lib/sendmail");
    }

    /// What a path is, with the words of filelists.xml (a plain file has none).
    public enum Kind {
        FILE,
        DIR,
        GHOST
    }
}
