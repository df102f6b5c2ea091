package org.ekicho.ntp.discipline;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.ekicho.ntp.estimate.ClockChange;
import org.ekicho.ntp.estimate.Estimate;
import org.ekicho.ntp.settings.DisciplineSettings;

/// Brings the clock to the chosen sources and keeps it there. Belongs to one thread; touches no clock itself.
///
/// The rate of the clock is a lasting part that is *learned* from the sources, plus for some seconds a *slew* that
/// takes away
/// an offset. Large offsets are stepped where that is allowed. After each change all estimators are told, so that the
/// next estimate is one of the clock as it is now.
public final class ClockDiscipline {
    /// A slew shorter than this needs timers better than a busy host has, seconds.
    private static final double SHORTEST_SLEW = 1;
    /// An offset within its own error is taken away over about this many update intervals: noise is averaged, not
    /// followed.
    private static final double LAZINESS = 1.5;
    /// A slew that is renewed by the next update anyway need not be planned for longer, update intervals.
    private static final double LONGEST_SLEW = 8;
    /// Update intervals are taken to be no longer than 2^11 s: beyond it noise is less than wander (the Allan
    /// intercept of usual oscillators, RFC 5905 §11.3), and no shorter than a second.
    private static final double LONGEST_INTERVAL = 2048;
    /// The interval before the first update, seconds.
    private static final double FIRST_INTERVAL = 16;
    /// An offset counts as known worse than ours, or as certain, by this many deviations.
    private static final double DOUBT = 3;
    /// Growth of any error, seconds per second (RFC 5905 §7.1 PHI).
    private static final double PHI = 15e-6;
    /// How often the frequency is kept, and how well it must be known for it (ntpd's hourly drift file).
    private static final double DRIFT_INTERVAL = 3600;
    private static final double DRIFT_SKEW_PPM = 5;

    private static final double PPM = 1e6;
    private static final double SECOND = 1e9;

    private final DisciplineSettings settings;
    private final LearnedRate learned;
    private State state = State.START;
    private double jitter;
    private double offsetDeviation;
    /// Added to the learned rate until `slewEndNanos`.
    private double slewPpm;
    private long slewEndNanos = Long.MAX_VALUE;
    private long updatedNanos;
    private boolean updated;
    private long spikeNanos;
    private long driftNanos;

    /// @param settings limits
    /// @param driftPpm frequency correction from the drift file, else the one that the kernel has now
    public ClockDiscipline(DisciplineSettings settings, OptionalDouble driftPpm) {
        this.settings = settings;
        learned = new LearnedRate(driftPpm);
    }

    /// Sets the frequency that it starts from. To be called once, first.
    public void start(long monotonicNanos, Consumer<ClockAction> out) {
        driftNanos = monotonicNanos + nanos(DRIFT_INTERVAL);
        out.accept(new ClockAction.SetFrequency(learned.ppm()));
    }

    /// There is a new sample of one of the chosen sources, and this is what they say together now. Not to be called
    /// without a new sample, nor when the system peer is our own clock.
    ///
    /// @param combined the choice's estimate, at `monotonicNanos`
    public void update(Estimate combined, long monotonicNanos, Consumer<ClockAction> out) {
        double offset = combined.offsetSeconds();
        if (isPanic(offset)) {
            panic(offset, out);
            return;
        }
        double own = ownDeviation(combined, monotonicNanos);
        double before = totalPpm();
        learned.learn(compose(before, combined.frequencyPpm()), combined);
        slewPpm = 0;
        slewEndNanos = Long.MAX_VALUE;
        boolean steps = isLarge(combined) && (state == State.START || !settings.stepOnlyAtStart());
        double trust = trust(combined.offsetDeviation(), own);
        if (!steps) {
            planSlew(trust * offset, combined.offsetDeviation(), interval(monotonicNanos), monotonicNanos);
        }
        changeRate(before, monotonicNanos, out);
        jitter = combined.jitterSeconds();
        updatedNanos = monotonicNanos;
        updated = true;
        if (steps) {
            stepOrWait(offset, own, monotonicNanos, out);
        } else {
            follow(offset, out);
        }
    }

    private void follow(double offset, Consumer<ClockAction> out) {
        if (state != State.FOLLOW) {
            out.accept(
                    new ClockAction.Tell(String.format(Locale.ROOT, "following: the clock is off by %.6f s", offset)));
        }
        state = State.FOLLOW;
    }

    private boolean isPanic(double offset) {
        boolean forgiven = settings.panicOnceAllowed() && state == State.START;
        return settings.panicThreshold() > 0 && Math.abs(offset) > settings.panicThreshold() && !forgiven;
    }

    private void panic(double offset, Consumer<ClockAction> out) {
        if (state != State.PANIC) {
            state = State.PANIC;
            out.accept(new ClockAction.Panic(
                    offset,
                    String.format(
                            Locale.ROOT,
                            "the clock is off by %.3f s, more than the panic limit of %.0f s: it is left alone; set it"
                                    + " by hand, or allow one correction of any size at start (-g)",
                            offset,
                            settings.panicThreshold())));
        }
    }

    /// Once the clock follows, an offset is large only if it is for certain.
    private boolean isLarge(Estimate combined) {
        double doubt = state == State.START ? 0 : DOUBT * combined.offsetDeviation();
        return settings.stepThreshold() > 0 && Math.abs(combined.offsetSeconds()) > settings.stepThreshold() + doubt;
    }

    /// How far our clock may be off by what we know of it, seconds: as at the last update, and by its frequency since.
    private double ownDeviation(Estimate combined, long monotonicNanos) {
        if (!updated) {
            return combined.offsetDeviation();
        }
        double elapsed = Math.max(0, monotonicNanos - updatedNanos) / SECOND;
        return offsetDeviation + (learned.skewPpm() / PPM + PHI) * elapsed;
    }

    /// How much of an offset to take away: all of it, but less when it is known much worse than our own clock is, as
    /// when a good source is gone or a source was just found again by a single slow answer.
    private double trust(double deviation, double own) {
        double trust = deviation <= DOUBT * own ? 1 : Math.pow(DOUBT * own / deviation, 2);
        offsetDeviation = trust * deviation + (1 - trust) * own;
        return trust;
    }

    /// At start a large offset is stepped at once, and so is one that is no wonder after a long silence. Any other
    /// must last, since a single burst of delay on the way can look like one.
    private void stepOrWait(double offset, double own, long monotonicNanos, Consumer<ClockAction> out) {
        boolean lasted = state == State.SPIKE && monotonicNanos - spikeNanos >= nanos(settings.stepOut());
        boolean noWonder = state == State.FOLLOW && Math.abs(offset) <= DOUBT * own;
        if (state == State.START || lasted || noWonder) {
            step(offset, monotonicNanos, out);
        } else if (state != State.SPIKE) {
            state = State.SPIKE;
            spikeNanos = monotonicNanos;
            out.accept(new ClockAction.Tell(String.format(
                    Locale.ROOT,
                    "the clock is off by %.3f s: it is stepped if that lasts for %.0f s",
                    offset,
                    settings.stepOut())));
        }
    }

    private void step(double offset, long monotonicNanos, Consumer<ClockAction> out) {
        out.accept(new ClockAction.Step(offset));
        out.accept(new ClockAction.Changed(new ClockChange(monotonicNanos, offset, 0)));
        out.accept(new ClockAction.Tell(String.format(Locale.ROOT, "the clock was stepped by %.6f s", offset)));
        state = State.FOLLOW;
    }

    private double interval(long monotonicNanos) {
        return updated ? Math.clamp((monotonicNanos - updatedNanos) / SECOND, 1, LONGEST_INTERVAL) : FIRST_INTERVAL;
    }

    private void planSlew(double offset, double deviation, double interval, long monotonicNanos) {
        double size = Math.abs(offset);
        if (size == 0 || settings.maxSlewPpm() <= 0) {
            return;
        }
        double wanted = Math.clamp(
                LAZINESS * deviation * interval / size,
                SHORTEST_SLEW,
                Math.max(SHORTEST_SLEW, LONGEST_SLEW * interval));
        slewPpm = Math.clamp(offset / wanted * PPM, -settings.maxSlewPpm(), settings.maxSlewPpm());
        double duration = offset * (PPM + learned.ppm() + slewPpm) / slewPpm;
        slewEndNanos = monotonicNanos + nanos(duration);
    }

    /// Ends a slew that is due, keeps the drift.
    public void advance(long monotonicNanos, Consumer<ClockAction> out) {
        if (monotonicNanos >= slewEndNanos) {
            endSlew(monotonicNanos, out);
        }
        if (monotonicNanos >= driftNanos) {
            driftNanos = monotonicNanos + nanos(DRIFT_INTERVAL);
            if (state == State.FOLLOW && learned.skewPpm() < DRIFT_SKEW_PPM) {
                out.accept(new ClockAction.SaveDrift(learned.ppm()));
            }
        }
    }

    private void endSlew(long monotonicNanos, Consumer<ClockAction> out) {
        double before = totalPpm();
        slewPpm = 0;
        slewEndNanos = Long.MAX_VALUE;
        changeRate(before, monotonicNanos, out);
    }

    private void changeRate(double beforePpm, long monotonicNanos, Consumer<ClockAction> out) {
        double afterPpm = totalPpm();
        if (afterPpm != beforePpm) {
            out.accept(new ClockAction.SetFrequency(afterPpm));
            double change = ((PPM + afterPpm) / (PPM + beforePpm) - 1) * PPM;
            out.accept(new ClockAction.Changed(new ClockChange(monotonicNanos, 0, change)));
        }
    }

    private double totalPpm() {
        return learned.ppm() + slewPpm;
    }

    /// The rate of a clock that runs faster by `second` than one that runs faster by `first`.
    private static double compose(double first, double second) {
        return first + second + first * second / PPM;
    }

    /// Monotonic time at which `advance` is next worth calling.
    public long nextDeadlineNanos() {
        return Math.min(slewEndNanos, driftNanos);
    }

    /// Where it stands.
    public State state() {
        return state;
    }

    /// The lasting frequency correction, ppm, without a slew under way.
    public double frequencyPpm() {
        return learned.ppm();
    }

    /// Standard deviation of `frequencyPpm` as far as known (ntpq's clk_wander), ppm.
    public double wanderPpm() {
        return learned.skewPpm();
    }

    /// Standard deviation of a sample at the last update (ntpq's clk_jitter), seconds.
    public double jitterSeconds() {
        return jitter;
    }

    /// What a slew under way has still to correct, seconds (positive: forward); 0: none.
    public double remainingSeconds(long monotonicNanos) {
        if (slewEndNanos == Long.MAX_VALUE) {
            return 0;
        }
        return Math.max(0, slewEndNanos - monotonicNanos) / SECOND * slewPpm / (PPM + totalPpm());
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * SECOND);
    }

    /// Where a discipline stands.
    public enum State {
        /// Not yet corrected: waits for the first estimate.
        START,
        /// Follows its sources.
        FOLLOW,
        /// The offset is above the step threshold: waits whether it lasts.
        SPIKE,
        /// The offset is beyond the panic limit: the clock is left alone.
        PANIC
    }
}
