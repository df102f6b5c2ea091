package org.ekicho.ntp.association;

import java.util.random.RandomGenerator;

/// Spans of monotonic time in nanoseconds.
public final class Interval {
    public static final long SECOND = 1_000_000_000L;
    /// A timer that never rings.
    public static final long NEVER = Long.MAX_VALUE;

    private Interval() {}

    public static long ofSeconds(double seconds) {
        return Math.round(seconds * SECOND);
    }

    /// 2^`exponent` seconds.
    public static long ofPoll(int exponent) {
        return SECOND << exponent;
    }

    public static double toSeconds(long nanos) {
        return nanos / (double) SECOND;
    }

    /// A random span from `low` to `high`; `low` when they leave no room.
    public static long between(long low, long high, RandomGenerator dice) {
        return high > low ? dice.nextLong(low, high) : low;
    }
}
