package org.ekicho.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.ekicho.sim.SimLink.Direction;
import org.junit.jupiter.api.Test;

class SimLinkTest {
    private final SplittableRandom dice = new SplittableRandom(1);

    private List<Long> arrivals(SimLink link, Direction direction, int packets) {
        List<Long> arrivals = new ArrayList<>();
        for (int i = 0; i < packets; i++) {
            link.carry(0, direction, dice, arrivals::add);
        }
        return arrivals;
    }

    private static double mean(List<Long> nanos) {
        return nanos.stream().mapToLong(n -> n).average().orElseThrow() / 1e9;
    }

    @Test
    void delays_by_base_and_exponential_jitter() {
        List<Long> arrivals = arrivals(SimLink.of(1e-3, 1e-3), Direction.UP, 20_000);
        assertThat(arrivals).hasSize(20_000).allSatisfy(n -> assertThat(n).isGreaterThanOrEqualTo(1_000_000));
        assertThat(mean(arrivals)).isCloseTo(2e-3, within(5e-5));
    }

    @Test
    void asymmetry_moves_delay_from_the_way_up_to_the_way_down() {
        SimLink link = SimLink.of(1e-3, 0).asymmetric(0.25);
        assertThat(mean(arrivals(link, Direction.UP, 1))).isCloseTo(0.5e-3, within(1e-12));
        assertThat(mean(arrivals(link, Direction.DOWN, 1))).isCloseTo(1.5e-3, within(1e-12));
    }

    @Test
    void loses_and_doubles_the_share_asked_for() {
        assertThat(arrivals(SimLink.of(0, 0).losing(0.33), Direction.UP, 30_000).size() / 30_000.0)
                .isCloseTo(0.67, within(0.01));
        assertThat(arrivals(SimLink.of(0, 0).doubling(0.1), Direction.UP, 30_000)
                                .size()
                        / 30_000.0)
                .isCloseTo(1.1, within(0.01));
    }

    @Test
    void carries_nothing_during_an_outage() {
        SimLink link = SimLink.of(0, 0).interrupted(List.of(new SimLink.Outage(100, 200)));
        List<Long> arrivals = new ArrayList<>();
        for (long now = 50; now < 300; now += 50) {
            link.carry(now, Direction.UP, dice, arrivals::add);
        }
        assertThat(arrivals).containsExactly(50L, 200L, 250L);
    }
}
