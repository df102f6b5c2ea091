package org.ekicho.mirror.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.RepoId;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
    private static final RepoId BASE = new RepoId("base");
    private static final ChannelName PROD = new ChannelName("prod");

    private static SnapshotRef ref(int number) {
        return new SnapshotRef(BASE, SnapshotId.of(NOW.minus(Duration.ofDays(100 - number)), "0".repeat(64)));
    }

    private static ChannelState state(int number, Duration ago, int snapshot) {
        return new ChannelState(
                PROD, number, NOW.minus(ago), "test", Map.of(BASE, ref(snapshot).id()));
    }

    private static Retention plan(int keep, List<ChannelState> history, Set<SnapshotRef> asked, int... numbers) {
        List<SnapshotRef> all = new ArrayList<>();
        for (int number : numbers) {
            all.add(ref(number));
        }
        return Retention.plan(new RetentionFacts(
                NOW, Duration.ofDays(3), keep, all, Map.of(ref(2), "audit"), List.of(history), asked));
    }

    @Test
    void keeps_what_is_current_in_grace_previous_pinned_or_new_and_nothing_else() {
        Retention retention = plan(
                2,
                List.of(
                        state(1, Duration.ofDays(20), 3),
                        state(2, Duration.ofDays(10), 4),
                        state(3, Duration.ofDays(2), 5)),
                Set.of(),
                1,
                2,
                3,
                4,
                5,
                6,
                7);
        assertThat(retention.going()).containsExactly(ref(1), ref(3));
        assertThat(retention.kept())
                .extracting(Retention.Kept::snapshot)
                .containsExactly(ref(2), ref(4), ref(5), ref(6), ref(7));
        assertThat(retention.kept().get(1).reasons())
                .extracting(Keeping::sentence)
                .containsExactly("in the grace time of prod until 2026-11-28T12:00:00Z", "previous of prod");
        assertThat(retention.kept().getFirst().reasons())
                .extracting(Keeping::sentence)
                .containsExactly("pinned: audit");
    }

    @Test
    void what_is_named_goes_although_it_is_new_but_not_when_it_is_in_use() {
        Retention retention =
                plan(7, List.of(state(1, Duration.ofDays(9), 5)), Set.of(ref(5), ref(6), ref(2)), 2, 5, 6, 7);
        assertThat(retention.going()).containsExactly(ref(6));
        assertThat(retention.refused()).extracting(Retention.Kept::snapshot).containsExactly(ref(2), ref(5));
    }

    @Test
    void the_newest_of_a_repository_in_no_channel_stays_even_when_none_are_kept() {
        assertThat(plan(0, List.of(), Set.of(), 6, 7).going()).containsExactly(ref(6));
    }

    @Test
    void nothing_in_use_ever_goes() {
        Random dice = new Random(11);
        for (int round = 0; round < 500; round++) {
            List<ChannelState> history = new ArrayList<>();
            Duration ago = Duration.ofDays(30);
            for (int i = 1; i <= dice.nextInt(12) + 1; i++) {
                history.add(state(i, ago, dice.nextInt(20)));
                ago = ago.minus(Duration.ofMinutes(dice.nextInt(4000)));
            }
            int[] numbers = java.util.stream.IntStream.range(0, 20).toArray();
            Set<SnapshotRef> asked = Set.of(ref(dice.nextInt(20)));
            Retention retention = plan(dice.nextInt(4), history, asked, numbers);
            Set<SnapshotRef> inUse = new HashSet<>();
            View.recent(history, BASE, NOW, Duration.ofDays(3)).forEach(id -> inUse.add(new SnapshotRef(BASE, id)));
            assertThat(retention.going()).as("round %d", round).doesNotContainAnyElementsOf(inUse);
            assertThat(retention.going()).doesNotContain(ref(2));
        }
    }
}
