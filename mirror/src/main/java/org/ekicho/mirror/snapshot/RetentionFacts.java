package org.ekicho.mirror.snapshot;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What there is when it is decided what may go.
///
/// @param now       the time
/// @param grace     how long a replaced snapshot stays
/// @param keep      how many of the newest of each repository stay
/// @param snapshots all there are
/// @param pins      why some are never to go
/// @param channels  the history of each channel, oldest first, the last of which is its current state
/// @param asked     those that an admin named to be removed, although they are among the newest
public record RetentionFacts(
        Instant now,
        Duration grace,
        int keep,
        List<SnapshotRef> snapshots,
        Map<SnapshotRef, String> pins,
        List<List<ChannelState>> channels,
        Set<SnapshotRef> asked) {
    public RetentionFacts {
        snapshots = List.copyOf(snapshots);
        pins = Map.copyOf(pins);
        channels = channels.stream().map(List::copyOf).toList();
        asked = Set.copyOf(asked);
    }
}
