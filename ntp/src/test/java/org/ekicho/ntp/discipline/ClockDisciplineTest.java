package org.ekicho.ntp.discipline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.ekicho.ntp.discipline.ClockAction.Changed;
import org.ekicho.ntp.discipline.ClockAction.Panic;
import org.ekicho.ntp.discipline.ClockAction.SaveDrift;
import org.ekicho.ntp.discipline.ClockAction.SetFrequency;
import org.ekicho.ntp.discipline.ClockAction.Step;
import org.ekicho.ntp.discipline.ClockDiscipline.State;
import org.ekicho.ntp.estimate.Estimate;
import org.ekicho.ntp.settings.DisciplineSettings;
import org.junit.jupiter.api.Test;

class ClockDisciplineTest {
    private static final long SECOND = 1_000_000_000L;

    private final List<ClockAction> actions = new ArrayList<>();

    private ClockDiscipline started(DisciplineSettings settings, OptionalDouble drift) {
        ClockDiscipline discipline = new ClockDiscipline(settings, drift);
        discipline.start(0, actions::add);
        return discipline;
    }

    private ClockDiscipline started() {
        return started(DisciplineSettings.DEFAULT, OptionalDouble.empty());
    }

    private void update(ClockDiscipline discipline, int second, double offset, double frequency, double skew) {
        actions.clear();
        discipline.update(
                new Estimate(second * SECOND, offset, 1e-5, frequency, skew, 1e-4, 1e-3, 1e-3, 8),
                second * SECOND,
                actions::add);
    }

    private <T extends ClockAction> List<T> only(Class<T> kind) {
        return actions.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static DisciplineSettings settings(double step, boolean onlyAtStart, double panic, boolean once) {
        return new DisciplineSettings(step, onlyAtStart, 300, panic, once, 5000);
    }

    @Test
    void starts_from_the_drift_file() {
        assertThat(started(DisciplineSettings.DEFAULT, OptionalDouble.of(-17.25))
                        .frequencyPpm())
                .isEqualTo(-17.25);
        assertThat(actions).containsExactly(new SetFrequency(-17.25));
    }

    @Test
    void slews_a_small_offset_away_and_returns_to_the_base() {
        ClockDiscipline discipline = started();
        update(discipline, 10, 0.1, 0, 2000);
        SetFrequency fast = only(SetFrequency.class).getFirst();
        assertThat(fast.ppm()).isEqualTo(5000);
        assertThat(only(Changed.class).getFirst().change().frequencyPpm()).isCloseTo(5000, within(1e-6));
        long end = discipline.nextDeadlineNanos();
        assertThat((end - 10 * SECOND) / 1e9).isCloseTo(20.1, within(1e-6));
        assertThat(discipline.remainingSeconds(10 * SECOND)).isCloseTo(0.1, within(1e-9));
        actions.clear();
        discipline.advance(end, actions::add);
        assertThat(only(SetFrequency.class)).containsExactly(new SetFrequency(0));
        assertThat(discipline.remainingSeconds(end)).isZero();
    }

    @Test
    void steps_a_large_offset_at_start() {
        ClockDiscipline discipline = started();
        update(discipline, 10, -100, 0, 2000);
        assertThat(only(Step.class)).containsExactly(new Step(-100));
        assertThat(only(Changed.class).getFirst().change().offsetSeconds()).isEqualTo(-100);
        assertThat(discipline.state()).isEqualTo(State.FOLLOW);
    }

    @Test
    void later_steps_only_what_lasts() {
        ClockDiscipline discipline = started();
        update(discipline, 10, 0, 0, 0.01);
        update(discipline, 100, 1, 0, 2000);
        assertThat(only(Step.class)).isEmpty();
        assertThat(only(SetFrequency.class)).isEmpty();
        assertThat(discipline.state()).isEqualTo(State.SPIKE);
        update(discipline, 200, 0.001, 0, 2000);
        assertThat(discipline.state()).isEqualTo(State.FOLLOW);
        update(discipline, 300, 1, 0, 2000);
        update(discipline, 599, 1, 0, 2000);
        assertThat(only(Step.class)).isEmpty();
        update(discipline, 601, 1, 0, 2000);
        assertThat(only(Step.class)).containsExactly(new Step(1));
    }

    @Test
    void an_offset_that_is_no_wonder_after_a_long_silence_is_stepped_at_once() {
        ClockDiscipline discipline = started();
        update(discipline, 10, 0, 0, 2000);
        update(discipline, 1010, 0.2, 200, 1);
        assertThat(only(Step.class)).containsExactly(new Step(0.2));
    }

    @Test
    void an_offset_known_much_worse_than_our_clock_moves_it_little() {
        ClockDiscipline discipline = started(DisciplineSettings.DEFAULT, OptionalDouble.of(0));
        update(discipline, 10, 0, 0, 0.01);
        actions.clear();
        Estimate slow = new Estimate(74 * SECOND, 0.1, 0.05, 0, 2000, 0.05, 0.1, 0.05, 1);
        discipline.update(slow, 74 * SECOND, actions::add);
        assertThat(Math.abs(discipline.remainingSeconds(74 * SECOND))).isLessThan(0.002);
    }

    @Test
    void learns_the_frequency_while_a_large_offset_waits() {
        ClockDiscipline discipline = started();
        update(discipline, 10, 0, 0, 2000);
        update(discipline, 74, 0.5, -3000, 1);
        assertThat(discipline.state()).isEqualTo(State.SPIKE);
        assertThat(discipline.frequencyPpm()).isCloseTo(-3000, within(1.0));
        assertThat(discipline.remainingSeconds(74 * SECOND)).isZero();
    }

    @Test
    void slews_even_a_large_offset_where_steps_are_allowed_at_start_only() {
        ClockDiscipline discipline = started(settings(0.128, true, 1000, false), OptionalDouble.empty());
        update(discipline, 10, 0, 0, 2000);
        update(discipline, 100, 10, 0, 2000);
        assertThat(only(Step.class)).isEmpty();
        assertThat(only(SetFrequency.class)).containsExactly(new SetFrequency(5000));
    }

    @Test
    void never_steps_when_the_threshold_is_zero() {
        ClockDiscipline discipline = started(settings(0, false, 1000, false), OptionalDouble.empty());
        update(discipline, 10, 100, 0, 2000);
        assertThat(only(Step.class)).isEmpty();
        assertThat(only(SetFrequency.class)).containsExactly(new SetFrequency(5000));
    }

    @Test
    void leaves_the_clock_alone_beyond_the_panic_limit_and_says_so_once() {
        ClockDiscipline discipline = started();
        update(discipline, 10, 1001, 0, 2000);
        assertThat(actions).singleElement().isInstanceOf(Panic.class);
        assertThat(discipline.state()).isEqualTo(State.PANIC);
        update(discipline, 20, 1001, 0, 2000);
        assertThat(actions).isEmpty();
    }

    @Test
    void any_first_correction_is_forgiven_once() {
        ClockDiscipline discipline = started(settings(0.128, false, 1000, true), OptionalDouble.empty());
        update(discipline, 10, 1e6, 0, 2000);
        assertThat(only(Step.class)).containsExactly(new Step(1e6));
        update(discipline, 20, 1e6, 0, 2000);
        assertThat(actions).singleElement().isInstanceOf(Panic.class);
    }

    @Test
    void takes_up_a_frequency_by_how_well_it_is_known() {
        ClockDiscipline discipline = started();
        update(discipline, 10, 0, 30, 1);
        assertThat(discipline.frequencyPpm()).isCloseTo(30, within(0.01));
        double skew = discipline.wanderPpm();
        update(discipline, 74, 0, 100, 900);
        assertThat(discipline.frequencyPpm()).isCloseTo(30, within(0.1));
        assertThat(discipline.wanderPpm()).isLessThan(2 * skew);
    }

    @Test
    void learns_that_its_frequency_is_worse_known_when_measurements_contradict_it() {
        ClockDiscipline discipline = started(DisciplineSettings.DEFAULT, OptionalDouble.of(10));
        for (int i = 1; i < 40; i++) {
            update(discipline, 64 * i, 0, 50 - (discipline.frequencyPpm() - 10), 1);
        }
        assertThat(discipline.frequencyPpm()).isCloseTo(60, within(0.5));
    }

    @Test
    void keeps_the_drift_hourly_once_it_is_known() {
        ClockDiscipline discipline = started();
        discipline.advance(3600 * SECOND, actions::add);
        assertThat(only(SaveDrift.class)).isEmpty();
        update(discipline, 3700, 0, 30, 0.01);
        actions.clear();
        discipline.advance(7200 * SECOND, actions::add);
        assertThat(only(SaveDrift.class)).containsExactly(new SaveDrift(discipline.frequencyPpm()));
    }

    @Test
    void a_frequency_no_clock_has_is_not_believed() {
        ClockDiscipline discipline = started();
        update(discipline, 10, 0, 1e9, 1);
        assertThat(discipline.frequencyPpm()).isEqualTo(10_000);
    }

    @Test
    void the_clock_ends_where_the_source_is_for_any_offset() {
        for (double offset : new double[] {1e-7, -1e-5, 1e-3, -0.01, 0.1, -0.127}) {
            ClockDiscipline discipline = started();
            update(discipline, 10, offset, 0, 2000);
            double rate = only(SetFrequency.class).getFirst().ppm();
            double duration = (discipline.nextDeadlineNanos() - 10 * SECOND) / 1e9;
            assertThat(duration * rate / (1e6 + rate)).isCloseTo(offset, within(1e-9));
            assertThat(duration).isGreaterThan(0.9);
        }
    }

    /// Whatever the sources say, the rate stays within what was allowed, every change is told, and slews end.
    @Test
    void stays_within_its_limits_and_tells_every_change_for_any_estimates() {
        SplittableRandom dice = new SplittableRandom(11);
        ClockDiscipline discipline = started();
        double rate = 0;
        long now = 0;
        for (int i = 0; i < 20_000; i++) {
            now += dice.nextLong(1, 2000 * SECOND);
            actions.clear();
            if (now >= discipline.nextDeadlineNanos()) {
                discipline.advance(now, actions::add);
                assertThat(discipline.nextDeadlineNanos()).isGreaterThan(now);
            }
            discipline.update(any(dice, now), now, actions::add);
            List<SetFrequency> rates = only(SetFrequency.class);
            double told = 1;
            for (Changed changed : only(Changed.class)) {
                told *= 1 + changed.change().frequencyPpm() * 1e-6;
            }
            double next = rates.isEmpty() ? rate : rates.getLast().ppm();
            assertThat(Math.abs(next)).isLessThanOrEqualTo(10_000 + 5_000);
            assertThat(told).isCloseTo((1e6 + next) / (1e6 + rate), within(1e-12));
            assertThat(discipline.wanderPpm()).isFinite().isNotNegative();
            rate = next;
        }
    }

    private static Estimate any(SplittableRandom dice, long now) {
        double size = Math.pow(10, dice.nextInt(-9, 4));
        double doubt = Math.pow(10, dice.nextInt(-9, 2));
        return new Estimate(
                now,
                size * dice.nextGaussian(),
                doubt * dice.nextDouble(),
                1e3 * dice.nextGaussian(),
                Math.pow(10, dice.nextInt(-4, 5)),
                doubt,
                doubt,
                doubt,
                dice.nextInt(1, 64));
    }
}
