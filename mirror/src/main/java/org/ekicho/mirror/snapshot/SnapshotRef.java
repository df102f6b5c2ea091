package org.ekicho.mirror.snapshot;

import java.util.Comparator;
import java.util.Optional;
import org.ekicho.mirror.settings.RepoId;

/// Which snapshot of which repository, as on the command line: `base@20261127T101500Z-3f2a9c01`.
public record SnapshotRef(RepoId repo, SnapshotId id) implements Comparable<SnapshotRef> {
    private static final Comparator<SnapshotRef> ORDER =
            Comparator.comparing(SnapshotRef::repo).thenComparing(SnapshotRef::id);

    /// Empty when it is no such text.
    public static Optional<SnapshotRef> parse(String text) {
        int at = text.indexOf('@');
        return at >= 0 && RepoId.isValid(text.substring(0, at)) && SnapshotId.isValid(text.substring(at + 1))
                ? Optional.of(
                        new SnapshotRef(new RepoId(text.substring(0, at)), new SnapshotId(text.substring(at + 1))))
                : Optional.empty();
    }

    @Override
    public int compareTo(SnapshotRef other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return repo + "@" + id;
    }
}
