package org.ekicho.mirror.bundle;

import java.util.Comparator;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.SnapshotId;

/// A snapshot by its names, the same at every site.
public record SnapshotName(RepoId repo, SnapshotId id) implements Comparable<SnapshotName> {
    private static final Comparator<SnapshotName> ORDER =
            Comparator.comparing(SnapshotName::repo).thenComparing(SnapshotName::id);

    @Override
    public int compareTo(SnapshotName other) {
        return ORDER.compare(this, other);
    }

    /// `ID of REPO`.
    @Override
    public String toString() {
        return id + " of " + repo;
    }
}
