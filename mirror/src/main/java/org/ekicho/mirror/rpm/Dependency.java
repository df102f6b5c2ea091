package org.ekicho.mirror.rpm;

import java.util.Locale;
import java.util.Optional;

/// One thing that a package provides, requires, conflicts with, obsoletes or wishes for.
///
/// @param name    a name, a path, a soname, or a rich dependency `(a or b)`
/// @param range   comparison with a version; empty: any
/// @param pre     whether it is needed before the package's scripts run (`pre="1"`; only requires)
public record Dependency(String name, Optional<Range> range, boolean pre) {
    /// A comparison with a version.
    ///
    /// @param epoch   digits, empty when absent
    /// @param version empty when absent
    /// @param release empty when absent: any release
    public record Range(Sense sense, String epoch, String version, String release) {}

    /// How versions are compared, with the words of primary.xml.
    public enum Sense {
        LT,
        GT,
        EQ,
        LE,
        GE;

        /// Whether older versions are meant too.
        public boolean less() {
            return this == LT || this == LE;
        }

        /// Whether newer versions are meant too.
        public boolean greater() {
            return this == GT || this == GE;
        }

        /// Whether the version itself is meant too.
        public boolean equal() {
            return this == EQ || this == LE || this == GE;
        }
    }

    /// The lists of dependencies in the order of primary.xml.
    public enum Kind {
        PROVIDES,
        REQUIRES,
        CONFLICTS,
        OBSOLETES,
        SUGGESTS,
        ENHANCES,
        RECOMMENDS,
        SUPPLEMENTS;

        /// As primary.xml writes it, without `rpm:`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
