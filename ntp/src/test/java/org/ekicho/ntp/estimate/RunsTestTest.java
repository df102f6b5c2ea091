package org.ekicho.ntp.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RunsTestTest {
    private final RunsTest test = new RunsTest(64);

    @Test
    void a_bow_of_three_runs_fails_when_it_is_long() {
        assertThat(test.passes(3, 5)).isTrue();
        assertThat(test.passes(3, 20)).isFalse();
        assertThat(test.passes(3, 64)).isFalse();
    }

    @Test
    void alternating_signs_pass() {
        for (int points = 1; points <= 64; points++) {
            assertThat(test.passes(points, points)).isTrue();
        }
    }

    @Test
    void noise_fails_in_five_of_a_hundred_cases_at_most() {
        SplittableRandom dice = new SplittableRandom(7);
        int failures = 0;
        for (int round = 0; round < 10_000; round++) {
            int runs = 1;
            boolean above = dice.nextBoolean();
            for (int i = 1; i < 40; i++) {
                boolean next = dice.nextBoolean();
                runs += next == above ? 0 : 1;
                above = next;
            }
            failures += test.passes(runs, 40) ? 0 : 1;
        }
        assertThat(failures).isBetween(100, 550);
    }
}
