package org.ekicho.ntp.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SourceEstimatorTest {
    private static final long SECOND = 1_000_000_000L;

    private final SourceEstimator estimator = new SourceEstimator(6, 10);
    private final SplittableRandom dice = new SplittableRandom(1);

    /// A round trip over a path with exponential jitter of 100 us in each direction.
    private Sample noisy(double second, double offset) {
        double up = 1e-4 * (1 + dice.nextExponential());
        double down = 1e-4 * (1 + dice.nextExponential());
        return new Sample((long) (second * SECOND), offset + (up - down) / 2, up + down, 1e-7);
    }

    private Estimate now(double second) {
        return estimator.estimate((long) (second * SECOND)).orElseThrow();
    }

    @Test
    void knows_nothing_before_the_first_sample() {
        assertThat(estimator.estimate(0)).isEmpty();
        assertThat(estimator.filter(0)).isEmpty();
    }

    @Test
    void one_sample_gives_an_offset_within_its_delay_and_no_frequency() {
        estimator.add(new Sample(SECOND, 0.5, 0.002, 0.0001));
        Estimate estimate = now(1);
        assertThat(estimate.offsetSeconds()).isEqualTo(0.5);
        assertThat(estimate.offsetDeviation()).isCloseTo(0.0011, within(1e-12));
        assertThat(estimate.frequencyDeviation()).isEqualTo(Estimate.UNKNOWN_FREQUENCY_PPM);
        assertThat(estimate.samples()).isEqualTo(1);
    }

    @Test
    void finds_offset_and_frequency_of_a_steady_clock_within_their_deviations() {
        for (int i = 0; i < 40; i++) {
            estimator.add(noisy(i * 64, 0.01 + 25e-6 * i * 64));
        }
        Estimate estimate = now(40 * 64);
        double truth = 0.01 + 25e-6 * 40 * 64;
        assertThat(estimate.offsetDeviation()).isBetween(5e-6, 5e-5);
        assertThat(estimate.offsetSeconds()).isCloseTo(truth, within(4 * estimate.offsetDeviation()));
        assertThat(estimate.frequencyPpm()).isCloseTo(25, within(4 * estimate.frequencyDeviation()));
        assertThat(estimate.frequencyDeviation()).isLessThan(0.1);
        assertThat(estimate.jitterSeconds()).isBetween(2e-5, 2e-4);
    }

    @Test
    void a_sample_with_a_long_delay_counts_little() {
        for (int i = 0; i < 10; i++) {
            estimator.add(noisy(i * 64, 0));
        }
        estimator.add(new Sample(640 * SECOND, 0.05, 0.1, 1e-7));
        assertThat(now(640).offsetSeconds()).isCloseTo(0, within(2e-4));
    }

    @Test
    void a_change_of_our_clock_turns_old_samples_into_what_they_would_have_been() {
        for (int i = 0; i < 20; i++) {
            estimator.add(noisy(i * 64, 0.2 + 50e-6 * i * 64));
        }
        Estimate before = now(1280);
        estimator.clockChanged(new ClockChange(1280 * SECOND, before.offsetSeconds(), before.frequencyPpm()));
        Estimate after = now(1280);
        assertThat(after.offsetSeconds()).isCloseTo(0, within(1e-9));
        assertThat(after.frequencyPpm()).isCloseTo(0, within(1e-2));
        assertThat(now(2280).offsetSeconds()).isCloseTo(0, within(1e-5));
    }

    @Test
    void changes_that_undo_each_other_leave_the_samples_as_they_were() {
        for (int i = 0; i < 20; i++) {
            estimator.add(noisy(i * 64, 0.001 * i));
        }
        Estimate before = now(1280);
        estimator.clockChanged(new ClockChange(1280 * SECOND, 0, 5000));
        double back = (1 / 1.005 - 1) * 1e6;
        estimator.clockChanged(new ClockChange(1280 * SECOND, 0, back));
        Estimate after = now(1280);
        assertThat(after.offsetSeconds()).isCloseTo(before.offsetSeconds(), within(1e-9));
        assertThat(after.frequencyPpm()).isCloseTo(before.frequencyPpm(), within(1e-4));
    }

    @Test
    void forgets_what_a_clock_did_before_it_changed_its_frequency() {
        for (int i = 0; i < 30; i++) {
            estimator.add(noisy(i * 64, 0));
        }
        for (int i = 30; i < 50; i++) {
            estimator.add(noisy(i * 64, 10e-6 * (i - 30) * 64));
        }
        Estimate estimate = now(50 * 64);
        assertThat(estimate.samples()).isLessThan(30);
        assertThat(estimate.frequencyPpm()).isCloseTo(10, within(0.5));
    }

    @Test
    void follows_a_source_that_jumped_after_three_samples() {
        for (int i = 0; i < 30; i++) {
            estimator.add(noisy(i * 64, 0));
        }
        for (int i = 30; i < 33; i++) {
            estimator.add(noisy(i * 64, 1));
        }
        assertThat(now(32 * 64).offsetSeconds()).isCloseTo(1, within(1e-3));
        assertThat(now(32 * 64).samples()).isEqualTo(3);
    }

    @Test
    void a_single_sample_that_nothing_explains_is_left_out() {
        for (int i = 0; i < 30; i++) {
            estimator.add(noisy(i * 64, i == 28 ? 1 : 0));
        }
        assertThat(now(29 * 64).offsetSeconds()).isCloseTo(0, within(1e-4));
        assertThat(now(29 * 64).offsetDeviation()).isLessThan(1e-4);
    }

    @Test
    void a_first_sample_that_took_seconds_does_not_blur_the_good_ones_after_it() {
        estimator.add(new Sample(0, 0.7, 1.5, 1e-7));
        for (int i = 1; i < 6; i++) {
            estimator.add(noisy(i * 64, 0));
            assertThat(now(i * 64).offsetSeconds()).isCloseTo(0, within(5e-4));
            assertThat(now(i * 64).dispersionSeconds()).isLessThan(2e-3);
        }
        assertThat(now(5 * 64).frequencyPpm()).isCloseTo(0, within(5.0));
    }

    @Test
    void a_spike_between_two_samples_of_a_volley_is_no_frequency() {
        estimator.add(noisy(0, 0));
        estimator.add(new Sample(2 * SECOND, 0.01, 0.02, 1e-7));
        assertThat(now(2).frequencyDeviation()).isGreaterThan(1000);
    }

    @Test
    void follows_broadcasts_whose_delay_never_changes() {
        for (int i = 0; i < 30; i++) {
            estimator.add(new Sample(i * 64L * SECOND, 0.1 + 1e-5 * dice.nextGaussian(), 0.0004, 1e-6));
        }
        assertThat(now(29 * 64).offsetSeconds()).isCloseTo(0.1, within(1e-5));
    }

    @Test
    void ignores_a_sample_that_is_not_newer() {
        estimator.add(new Sample(5 * SECOND, 0.1, 0, 0));
        estimator.add(new Sample(5 * SECOND, 0.9, 0, 0));
        assertThat(now(5).offsetSeconds()).isEqualTo(0.1);
    }

    @Test
    void shows_the_eight_newest_samples_newest_first() {
        for (int i = 1; i <= 10; i++) {
            estimator.add(new Sample(i * SECOND, i, 0.001, 0));
        }
        assertThat(estimator.filter(10 * SECOND)).hasSize(8);
        assertThat(estimator.filter(10 * SECOND).getFirst().offsetSeconds()).isEqualTo(10);
        assertThat(estimator.filter(10 * SECOND).getLast().dispersionSeconds()).isCloseTo(7 * 15e-6, within(1e-12));
    }

    @Test
    void asks_more_rarely_while_predictions_hold_and_often_again_when_they_fail() {
        for (int i = 0; i < 60; i++) {
            estimator.add(noisy(i * 64, 0));
        }
        assertThat(estimator.poll()).isEqualTo(10);
        estimator.add(noisy(60 * 64, 1));
        assertThat(estimator.poll()).isLessThan(10);
    }

    @Test
    void stays_sane_for_any_samples() {
        for (int i = 0; i < 5000; i++) {
            double size = Math.pow(10, dice.nextInt(-9, 3));
            estimator.add(new Sample(
                    i * dice.nextLong(1, 2000 * SECOND / 1000),
                    size * dice.nextGaussian(),
                    Math.abs(dice.nextGaussian()),
                    dice.nextDouble()));
            if (dice.nextInt(4) == 0) {
                estimator.clockChanged(
                        new ClockChange(i * 2L * SECOND, size * dice.nextGaussian(), dice.nextDouble(-5000, 5000)));
            }
            Estimate estimate = estimator.estimate(i * 2L * SECOND).orElseThrow();
            assertThat(estimate.offsetSeconds()).isFinite();
            assertThat(estimate.frequencyPpm()).isFinite();
            assertThat(estimate.offsetDeviation()).isFinite().isPositive();
            assertThat(estimate.frequencyDeviation()).isFinite().isPositive();
            assertThat(estimate.samples()).isBetween(1, 64);
            assertThat(estimator.poll()).isBetween(6, 10);
        }
    }
}
