package org.ekicho.daemon.mirror.publish;

import java.util.List;
import java.util.Optional;
import org.ekicho.mirror.snapshot.SnapshotDiff;
import org.ekicho.mirror.snapshot.SnapshotRef;

/// One repository of a channel that is pointed to another snapshot.
///
/// @param from      what it pointed to; empty when the channel did not have the repository
/// @param to        what it will point to
/// @param diff      what clients see change; empty when there was nothing before
/// @param conflicts paths that clients in the middle of an update find with other bytes than they expect
/// @param age       how yum 3 takes it
public record Move(
        Optional<SnapshotRef> from, SnapshotRef to, Optional<SnapshotDiff> diff, List<String> conflicts, Age age) {
    public Move {
        conflicts = List.copyOf(conflicts);
    }

    /// How a client takes the new repomd.xml that goes by timestamps, as yum 3 (CentOS 5 to 7) does.
    public enum Age {
        /// It is as new as the one before, or newer.
        NEWER,
        /// It is older: such a client goes on with its old metadata.
        OLDER
    }
}
