package org.ekicho.daemon.mirror.folder;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.ChannelState;
import org.ekicho.mirror.snapshot.SnapshotId;

/// The channels: pointers to one snapshot of each of their repositories, all replaced by one rename.
public interface Channels {
    List<ChannelName> names() throws IOException;

    /// What a channel points to now; empty when there is no such channel.
    Optional<ChannelState> current(ChannelName channel) throws IOException;

    /// Every state that a channel had and that is still kept, oldest first.
    List<ChannelState> history(ChannelName channel) throws IOException;

    /// Points the channel's repositories named here to these snapshots, leaves its others as they are, and makes the
    /// channel when there is none. Nothing happens when it points there already.
    ///
    /// @param why for the history: `sync`, `promote from test`
    ChannelState point(ChannelName channel, Map<RepoId, SnapshotId> snapshots, Instant now, String why)
            throws IOException;

    /// Paths at which clients in the middle of an update find other bytes than their metadata says when the
    /// channel's repository is pointed to this snapshot: files of the same name that a snapshot within the grace
    /// time has, too.
    List<String> conflicts(ChannelName channel, RepoId repo, SnapshotId snapshot, Instant now) throws IOException;

    /// Takes repositories out of a channel.
    ChannelState remove(ChannelName channel, List<RepoId> repos, Instant now, String why) throws IOException;
}
