package org.ekicho.daemon.mirror.index;

import org.ekicho.mirror.MirrorReason;

/// A file that is called like a package and is not in the metadata, or is there with a remark.
///
/// @param path   relative to the folder
/// @param reason why
/// @param detail what was found; may be empty
public record SkippedPackage(String path, MirrorReason reason, String detail) {
    @Override
    public String toString() {
        return path + ": " + reason.sentence() + (detail.isEmpty() ? "" : " (" + detail + ")");
    }
}
