package org.ekicho.mirror.settings;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Which packages of a repository are mirrored. With [#ALL] the upstream metadata is kept byte for byte; with anything
/// else it is rebuilt to match.
///
/// @param versions  all versions of a package or the newest only
/// @param archs     architectures kept, `src` for source packages; empty: all
/// @param include   globs of package names or NEVRAs kept; empty: all
/// @param exclude   globs dropped, stronger than include
/// @param packages  names, globs or `@groups` to keep; empty: all
/// @param closure   whether what these packages require is kept with them
public record Selection(
        Versions versions,
        Set<String> archs,
        List<String> include,
        List<String> exclude,
        List<String> packages,
        Closure closure) {
    /// Everything.
    public static final Selection ALL =
            new Selection(Versions.ALL, Set.of(), List.of(), List.of(), List.of(), Closure.NONE);

    /// How many versions of a package are kept.
    public enum Versions {
        ALL,
        NEWEST
    }

    /// Whether requirements are followed.
    public enum Closure {
        NONE,
        DEPENDENCIES
    }

    public Selection {
        // In order, so that its text is the same in every process: runs compare it with the last one's.
        archs = Collections.unmodifiableSet(new TreeSet<>(archs));
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
        packages = List.copyOf(packages);
    }

    /// Whether nothing is left out.
    public boolean isAll() {
        return equals(ALL);
    }
}
