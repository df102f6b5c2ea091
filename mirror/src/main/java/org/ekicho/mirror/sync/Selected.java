package org.ekicho.mirror.sync;

import java.util.BitSet;
import java.util.List;
import java.util.Set;

/// Which packages of a table are wanted.
///
/// @param scope      whether a selection was made at all
/// @param indexes    entries of the table
/// @param unresolved requirements that nothing in the repository provides, and names that match no package
/// @param streams    module streams that are kept, as `name:stream:version:context:arch`; with [Scope#ALL] not asked
public record Selected(Scope scope, BitSet indexes, List<Unresolved> unresolved, Set<String> streams) {
    /// Whether a selection was made.
    public enum Scope {
        /// Everything is mirrored, and the metadata is kept as it came.
        ALL,
        /// Some packages; the metadata is rebuilt.
        SOME
    }

    public Selected {
        indexes = (BitSet) indexes.clone();
        unresolved = List.copyOf(unresolved);
        streams = Set.copyOf(streams);
    }

    /// The first `size` entries of a table, which is all of them.
    public static Selected all(int size) {
        BitSet indexes = new BitSet(size);
        indexes.set(0, size);
        return new Selected(Scope.ALL, indexes, List.of(), Set.of());
    }

    @Override
    public BitSet indexes() {
        return (BitSet) indexes.clone();
    }

    /// Something that was asked for and is not there.
    ///
    /// @param wanted   name, glob, `@group` or requirement
    /// @param wantedBy the package that requires it; empty when the settings name it
    public record Unresolved(String wanted, String wantedBy) {}
}
