package org.ekicho.mirror.snapshot;

import java.util.List;
import org.ekicho.mirror.settings.RepoId;

/// An immutable, complete state of a repository.
///
/// @param repo     whose state it is
/// @param id       its name
/// @param revision what upstream's repomd.xml called it; empty when it has none
/// @param origin   where it came from, for people: an address without secrets, `index of /srv/rpms`, `bundle 3 of usb`
/// @param files    every file, sorted by path
public record Snapshot(RepoId repo, SnapshotId id, String revision, String origin, List<SnapshotFile> files) {
    public Snapshot {
        files = List.copyOf(files);
    }
}
