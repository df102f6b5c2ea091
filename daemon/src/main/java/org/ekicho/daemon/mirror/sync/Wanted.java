package org.ekicho.daemon.mirror.sync;

import java.util.Optional;
import java.util.OptionalLong;
import org.ekicho.mirror.hash.Checksum;
import org.ekicho.mirror.location.CheckedPath;

/// A file to have from any mirror.
///
/// @param path     in the repository
/// @param checksum it must have; empty: not known
/// @param size     it must have; empty: not known
/// @param limit    most bytes
record Wanted(CheckedPath path, Optional<Checksum> checksum, OptionalLong size, long limit) {
    /// The largest package that anybody ships has some 4 GB; an install image 12.
    static final long MAX_FILE_BYTES = 64L << 30;
    /// filelists.xml of the largest distributions, not compressed, stays below 2 GiB.
    static final long MAX_RECORD_BYTES = 8L << 30;

    /// The name of a part of it in the stage: by its checksum, so that another run and another mirror can go on.
    String partName() {
        return checksum.map(sum -> sum.type().word() + "-" + sum.hex())
                        .orElseGet(() -> "path-" + Digests.sha256(path.text()))
                + ".part";
    }
}
