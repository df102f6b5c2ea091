package org.ekicho.mirror.sync;

import java.util.Optional;
import org.ekicho.mirror.repodata.RepomdRecord;

/// What becomes of a metadata file that repomd.xml names.
///
/// @param record      the file
/// @param fate        what becomes of it
/// @param knownSha256 its name in the store when it is there already
public record RecordStep(RepomdRecord record, Fate fate, Optional<String> knownSha256) {
    /// What becomes of a metadata file.
    public enum Fate {
        /// Published as it came, byte for byte.
        KEPT,
        /// Read, filtered and written anew, to match the packages that are kept.
        REBUILT,
        /// Left out: it repeats another in a form that cannot be filtered (sqlite databases, zchunk, filelists-ext).
        DROPPED
    }

    /// Whether its bytes are needed and not there yet.
    public boolean mustFetch() {
        return fate != Fate.DROPPED && knownSha256.isEmpty();
    }
}
