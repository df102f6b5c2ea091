package org.ekicho.sim;

import java.util.random.RandomGenerator;

/// A computer's clock. Its oscillator is off by a frequency error that makes a random walk, one step at each whole
/// second of true time; on top of it the clock obeys the frequency and the steps that it is told.
///
/// Like Linux's CLOCK_MONOTONIC the monotonic reading takes part in every change of frequency and in no step.
public final class SimClock {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final double SECOND = 1e9;
    private static final long DAY_NANOS = 86_400 * SECOND_NANOS;
    /// True time 0 of every simulation: 2026-01-01 00:00:00 UTC in nanoseconds since 1970.
    private static final long EPOCH_NANOS = 1_767_225_600L * SECOND_NANOS;

    private final RandomGenerator dice;
    private final double wander;
    private double oscillatorError;
    private double correction;
    private long atNanos;
    private double offset;
    private double monotonicOffset;

    /// @param offsetSeconds  ahead of true time by this at first
    /// @param frequencyError seconds per second, positive: fast
    /// @param wander         standard deviation of the frequency's step at each second
    /// @param dice           for the wander
    public SimClock(double offsetSeconds, double frequencyError, double wander, RandomGenerator dice) {
        offset = offsetSeconds;
        oscillatorError = frequencyError;
        this.wander = wander;
        this.dice = dice;
    }

    /// A clock that is always right.
    public static SimClock perfect(RandomGenerator dice) {
        return new SimClock(0, 0, 0, dice);
    }

    /// Its reading: nanoseconds since 1970.
    public long clockNanos(long trueNanos) {
        runTo(trueNanos);
        return EPOCH_NANOS + trueNanos + Math.round(offset * SECOND);
    }

    public long monotonicNanos(long trueNanos) {
        runTo(trueNanos);
        return trueNanos + Math.round(monotonicOffset * SECOND);
    }

    /// When its monotonic reading will be `monotonicNanos`, as far as one can tell now; no more than a day ahead.
    public long trueNanosAt(long monotonicNanos, long trueNanos) {
        long ahead = Math.min(monotonicNanos, trueNanos + DAY_NANOS) - monotonicNanos(trueNanos);
        return trueNanos + (long) Math.ceil(ahead / (1 + rateError()));
    }

    /// Ahead of true time, seconds.
    public double offsetSeconds(long trueNanos) {
        runTo(trueNanos);
        return offset;
    }

    /// How much faster than true time it runs now, seconds per second.
    public double rateError() {
        return oscillatorError + correction + oscillatorError * correction;
    }

    public void setFrequency(double ppm, long trueNanos) {
        runTo(trueNanos);
        correction = ppm * 1e-6;
    }

    public void step(double seconds, long trueNanos) {
        runTo(trueNanos);
        offset += seconds;
    }

    private void runTo(long trueNanos) {
        while (atNanos < trueNanos) {
            long nextSecond = (atNanos / SECOND_NANOS + 1) * SECOND_NANOS;
            long until = Math.min(nextSecond, trueNanos);
            double gained = (until - atNanos) / SECOND * rateError();
            offset += gained;
            monotonicOffset += gained;
            atNanos = until;
            if (until == nextSecond && wander > 0) {
                oscillatorError += wander * dice.nextGaussian();
            }
        }
    }
}
