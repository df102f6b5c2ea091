package org.ekicho.mirror.rpm;

import org.ekicho.mirror.rpm.Dependency.Range;
import org.ekicho.mirror.rpm.Dependency.Sense;

/// Whether what one package provides is what another requires (rpm: `rpmio/rpmver.cc`, rpmverOverlap).
public final class DependencyMatch {
    private DependencyMatch() {}

    /// Whether `provide` meets `require`, which is no rich dependency: the names are the same and the ranges overlap.
    public static boolean meets(Dependency provide, Dependency require) {
        if (!provide.name().equals(require.name())) return false;
        if (provide.range().isEmpty() || require.range().isEmpty()) return true;
        return overlap(provide.range().get(), require.range().get());
    }

    /// Whether the package itself, by its name and version, meets `require`.
    public static boolean meets(String name, Evr evr, Dependency require) {
        return name.equals(require.name())
                && require.range().map(range -> overlap(exactly(evr), range)).orElse(true);
    }

    /// The range of just this version.
    public static Range exactly(Evr evr) {
        return new Range(Sense.EQ, evr.epoch(), evr.version(), evr.release());
    }

    /// Whether a version lies in both ranges. Releases are compared only where both have one; a side without a release
    /// stands for all of that version if it allows equality.
    public static boolean overlap(Range a, Range b) {
        if (a.version().isEmpty() || b.version().isEmpty()) return true;
        int order = RpmVersions.compareEpoch(a.epoch(), b.epoch());
        if (order == 0) order = RpmVersions.compare(a.version(), b.version());
        if (order == 0) {
            boolean releaseA = !a.release().isEmpty();
            boolean releaseB = !b.release().isEmpty();
            if (releaseA && releaseB) {
                order = RpmVersions.compare(a.release(), b.release());
            } else if ((releaseA && b.sense().equal()) || (releaseB && a.sense().equal())) {
                return true;
            }
        }
        if (order < 0) return a.sense().greater() || b.sense().less();
        if (order > 0) return a.sense().less() || b.sense().greater();
        return (a.sense().equal() && b.sense().equal())
                || (a.sense().less() && b.sense().less())
                || (a.sense().greater() && b.sense().greater());
    }
}
