package org.ekicho.daemon.mirror.index;

import java.util.List;
import java.util.Optional;
import org.ekicho.mirror.rpm.RpmPackage;

/// What came of one file.
sealed interface Worked {
    FoundPackage found();

    Source source();

    /// Where it comes from, and whether the next run may trust it.
    sealed interface Source {
        /// The file was read.
        ///
        /// @param trust whether the file was at rest long enough before
        record Read(Trust trust) implements Source {}

        /// An earlier run read it.
        ///
        /// @param offset of its fragments in the cache
        record Cached(long offset) implements Source {}
    }

    /// Whether what was read may be used again.
    enum Trust {
        KEEP,
        /// The file changed so shortly before that another change would not show.
        FORGET
    }

    /// A package for the metadata.
    ///
    /// @param nevraHash of name, epoch, version, release and architecture
    /// @param rpm       only when databases are made
    /// @param remarks   what was left out of it
    record Indexed(
            FoundPackage found,
            Source source,
            Fragments fragments,
            long nevraHash,
            Optional<RpmPackage> rpm,
            List<String> remarks)
            implements Worked {
        public Indexed {
            remarks = List.copyOf(remarks);
        }
    }

    /// A file that cannot be in it.
    record Skipped(FoundPackage found, Source source, SkippedPackage why) implements Worked {}
}
