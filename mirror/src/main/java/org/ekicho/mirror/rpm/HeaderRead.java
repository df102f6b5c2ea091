package org.ekicho.mirror.rpm;

import org.ekicho.mirror.MirrorReason;

/// What came of reading the beginning of a package file.
public sealed interface HeaderRead {
    /// Both headers, checked.
    ///
    /// @param signature what was added after the build: digests, signatures, sizes
    /// @param main      the package itself
    /// @param range     where the main header lies in the file; the payload begins at its end
    record Read(RpmHeader signature, RpmHeader main, RpmPackage.HeaderRange range) implements HeaderRead {}

    /// The headers reach beyond what was given.
    ///
    /// @param totalBytes how many bytes of the file to give next time; never more than it has
    record NeedsMore(int totalBytes) implements HeaderRead {}

    /// No package, or a broken one.
    ///
    /// @param detail what is wrong, and at which byte of the file
    record Refused(MirrorReason reason, String detail) implements HeaderRead {}
}
