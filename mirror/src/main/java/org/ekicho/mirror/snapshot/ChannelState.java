package org.ekicho.mirror.snapshot;

import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.RepoId;

/// One state of a channel.
///
/// @param channel   whose it is
/// @param number    counts up from 1
/// @param since     when it was switched to
/// @param why       for people: `sync`, `promote from test`
/// @param snapshots what it points to, by repository
public record ChannelState(
        ChannelName channel, int number, Instant since, String why, Map<RepoId, SnapshotId> snapshots) {
    private static final String ROLLBACK = "rollback to state ";

    public ChannelState {
        if (number < 1) {
            throw new IllegalArgumentException("no number of a channel's state: " + number);
        }
        snapshots = Map.copyOf(snapshots);
    }

    /// The words for a rollback, from which [#wentBackTo] knows it again.
    public static String rollbackTo(int number) {
        return ROLLBACK + number;
    }

    /// The number of the state that a rollback went back to; empty when something else led to this state.
    public OptionalInt wentBackTo() {
        String number = why.startsWith(ROLLBACK) ? why.substring(ROLLBACK.length()) : "";
        return number.matches("[1-9][0-9]{0,8}") ? OptionalInt.of(Integer.parseInt(number)) : OptionalInt.empty();
    }

    /// What it points to, in the order of the repositories' ids.
    public Map<RepoId, SnapshotId> sorted() {
        return new TreeMap<>(snapshots);
    }
}
