package org.ekicho.daemon.mirror.index;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ekicho.mirror.repodata.Repomd;

/// What a run did.
///
/// @param state        whether something was written
/// @param packages     in the metadata
/// @param packageBytes of them
/// @param readPackages files that were opened
/// @param readBytes    of them
/// @param gone         packages of the last run that are not there any more; known with a cache only
/// @param skipped      files that are not in the metadata
/// @param remarks      what is in it, and odd
/// @param deleted      old metadata files that were deleted
/// @param repomd       what clients see now; absent for a dry run
public record IndexResult(
        State state,
        int packages,
        long packageBytes,
        int readPackages,
        long readBytes,
        int gone,
        List<SkippedPackage> skipped,
        List<String> remarks,
        List<String> deleted,
        Optional<Repomd> repomd,
        Duration took) {
    public IndexResult {
        skipped = List.copyOf(skipped);
        remarks = List.copyOf(remarks);
        deleted = List.copyOf(deleted);
    }

    /// Whether something was written.
    public enum State {
        PUBLISHED,
        /// Everything is as it was: no file was touched.
        UNCHANGED,
        /// A dry run: what would be read.
        PLANNED
    }
}
