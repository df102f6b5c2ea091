package org.ekicho.mirror.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.RepoId;
import org.junit.jupiter.api.Test;

class WayBackTest {
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private final List<ChannelState> history = new ArrayList<>();

    private WayBackTest promote(int snapshot) {
        return add("promote from test", Map.of(new RepoId("base"), id(snapshot)));
    }

    private WayBackTest add(String why, Map<RepoId, SnapshotId> snapshots) {
        int number = history.size() + 1;
        history.add(new ChannelState(new ChannelName("prod"), number, NOON.plusSeconds(number), why, snapshots));
        return this;
    }

    private static SnapshotId id(int snapshot) {
        return SnapshotId.of(NOON.plusSeconds(snapshot), "0".repeat(64));
    }

    /// Rolls back once; 0 when there is nothing further back.
    private int back() {
        Optional<ChannelState> state = WayBack.next(history);
        state.ifPresent(former -> add(ChannelState.rollbackTo(former.number()), former.snapshots()));
        return state.map(ChannelState::number).orElse(0);
    }

    @Test
    void each_rollback_goes_further_back() {
        promote(1).promote(2).promote(3);
        assertThat(List.of(back(), back(), back(), back())).containsExactly(2, 1, 0, 0);
    }

    @Test
    void what_was_promoted_after_a_rollback_is_undone_first() {
        promote(1).promote(2).promote(3);
        assertThat(back()).isEqualTo(2);
        promote(4);
        // State 4 is what the rollback made: the snapshot of state 2.
        assertThat(back()).isEqualTo(4);
        assertThat(back()).isEqualTo(1);
        assertThat(back()).isZero();
    }

    @Test
    void a_state_with_the_same_snapshots_is_no_step_back() {
        promote(1).promote(2).add("promote from test", Map.of(new RepoId("base"), id(2), new RepoId("more"), id(1)));
        assertThat(back()).isEqualTo(1);
    }

    @Test
    void a_channel_without_a_past_has_no_way_back() {
        assertThat(WayBack.next(List.of())).isEmpty();
        promote(1);
        assertThat(back()).isZero();
    }

    @Test
    void states_that_are_not_kept_any_more_end_it() {
        promote(1).promote(2).promote(3);
        assertThat(back()).isEqualTo(2);
        history.subList(0, 2).clear();
        assertThat(WayBack.next(history)).isEmpty();
    }

    @Test
    void other_words_are_no_rollback() {
        for (String why : List.of("sync", "rollback to state ", "rollback to state x", "rollback to state 0")) {
            assertThat(new ChannelState(new ChannelName("prod"), 1, NOON, why, Map.of()).wentBackTo())
                    .as(why)
                    .isEmpty();
        }
        assertThat(new ChannelState(new ChannelName("prod"), 9, NOON, ChannelState.rollbackTo(7), Map.of())
                        .wentBackTo())
                .hasValue(7);
    }
}
