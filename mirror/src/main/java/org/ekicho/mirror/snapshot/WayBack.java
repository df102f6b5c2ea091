package org.ekicho.mirror.snapshot;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.ekicho.mirror.settings.RepoId;

/// Where a rollback of a channel goes. Repeated, it goes further back each time: a state that a rollback made counts as
/// the state that it went back to. What was promoted in between is left behind; its number leads there again.
///
/// ```text
/// states      1 A   2 B   3 C   4 B (back to 2)   5 A (back to 1)   6 D   7 A (back to 5)
/// next back   -     1     2     1                 -                 5     -
/// ```
public final class WayBack {
    private WayBack() {}

    /// The state that a rollback of the channel goes back to; empty when there is nothing further back.
    ///
    /// @param history the channel's states, oldest first, the last of which is the current one
    public static Optional<ChannelState> next(List<ChannelState> history) {
        if (history.isEmpty()) {
            return Optional.empty();
        }
        ChannelState current = history.getLast();
        Optional<ChannelState> place = before(history, current);
        // What would change nothing is no step back: the channel came to it in another way.
        while (place.isPresent() && isShown(current, place.get().snapshots())) {
            place = before(history, place.get());
        }
        return place;
    }

    private static Optional<ChannelState> before(List<ChannelState> history, ChannelState state) {
        int number = state.number();
        Optional<ChannelState> place = Optional.of(state);
        while (place.isPresent() && place.get().wentBackTo().isPresent()) {
            OptionalInt target = place.get().wentBackTo();
            if (target.getAsInt() >= number) {
                break;
            }
            number = target.getAsInt();
            place = numbered(history, number);
        }
        int below = number;
        return history.stream().filter(each -> each.number() < below).reduce((former, latter) -> latter);
    }

    private static Optional<ChannelState> numbered(List<ChannelState> history, int number) {
        return history.stream().filter(each -> each.number() == number).findFirst();
    }

    private static boolean isShown(ChannelState current, Map<RepoId, SnapshotId> snapshots) {
        return snapshots.entrySet().stream()
                .allMatch(each -> each.getValue().equals(current.snapshots().get(each.getKey())));
    }
}
