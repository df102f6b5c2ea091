package org.ekicho.daemon.mirror.folder;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.Snapshot;
import org.ekicho.mirror.snapshot.SnapshotFile;
import org.ekicho.mirror.snapshot.SnapshotId;

/// The snapshots of all repositories.
public interface Snapshots {
    /// Repositories that have any.
    List<RepoId> repos() throws IOException;

    /// Oldest first.
    List<SnapshotId> list(RepoId repo) throws IOException;

    /// What is in one; empty when there is none of this id.
    Optional<Snapshot> read(RepoId repo, SnapshotId id) throws IOException;

    /// The newest of a repository.
    default Optional<Snapshot> newest(RepoId repo) throws IOException {
        List<SnapshotId> all = list(repo);
        return all.isEmpty() ? Optional.empty() : read(repo, all.getLast());
    }

    /// Makes a snapshot out of contents that are all in the store: builds the tree beside, brings it to the disk,
    /// renames it into place and then writes the manifest, which is what makes it exist. When the newest snapshot
    /// has the very same files, that one is returned and nothing is made. The caller holds the repository's lock.
    ///
    /// @param files sorted by path; one of them is `repodata/repomd.xml`
    Snapshot publish(RepoId repo, String revision, String origin, List<SnapshotFile> files, Instant now)
            throws IOException;

    /// The same under an id that was given elsewhere (a bundle).
    Snapshot publishAs(Snapshot snapshot) throws IOException;
}
