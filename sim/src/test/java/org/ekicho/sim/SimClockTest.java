package org.ekicho.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SimClockTest {
    private static final long SECOND = 1_000_000_000L;

    private final SplittableRandom dice = new SplittableRandom(1);

    @Test
    void drifts_by_its_frequency_error() {
        SimClock clock = new SimClock(0.5, 1e-4, 0, dice);
        assertThat(clock.offsetSeconds(1000 * SECOND)).isCloseTo(0.6, within(1e-9));
    }

    @Test
    void obeys_frequency_and_steps_and_its_monotonic_reading_obeys_frequency_alone() {
        SimClock clock = new SimClock(0, 0, 0, dice);
        clock.setFrequency(5000, 0);
        clock.step(2, 10 * SECOND);
        assertThat(clock.offsetSeconds(20 * SECOND)).isCloseTo(2.1, within(1e-9));
        assertThat(clock.monotonicNanos(20 * SECOND)).isEqualTo(20_100_000_000L);
        assertThat(clock.clockNanos(20 * SECOND) - clock.monotonicNanos(20 * SECOND))
                .isEqualTo(clock.clockNanos(30 * SECOND) - clock.monotonicNanos(30 * SECOND));
    }

    @Test
    void says_when_its_monotonic_reading_will_be_there() {
        SimClock clock = new SimClock(0, -1e-4, 0, dice);
        long then = clock.trueNanosAt(100 * SECOND, 0);
        assertThat(clock.monotonicNanos(then)).isBetween(100 * SECOND, 100 * SECOND + 2);
    }

    @Test
    void wanders_as_a_random_walk_of_its_frequency() {
        double squares = 0;
        for (int i = 0; i < 400; i++) {
            SimClock clock = new SimClock(0, 0, 1e-8, dice.split());
            clock.offsetSeconds(100 * SECOND);
            squares += clock.rateError() * clock.rateError() / 400;
        }
        assertThat(Math.sqrt(squares)).isCloseTo(1e-7, within(1.5e-8));
    }
}
