package org.ekicho.sim;

import java.util.Locale;

/// How well a clock kept time, sampled once a second as clknetsim does: offset and rate error against true time.
public final class ClockStatistics {
    private final double offsetLimit;
    private final double rateLimit;
    private int samples;
    private double offsetSquares;
    private double rateSquares;
    private double offsetMax;
    private double rateMax;
    private int lastWrong;

    /// @param offsetLimit seconds
    /// @param rateLimit   seconds per second; the clock counts as synchronised while it is within both
    public ClockStatistics(double offsetLimit, double rateLimit) {
        this.offsetLimit = offsetLimit;
        this.rateLimit = rateLimit;
    }

    /// @param second  whole seconds of true time
    /// @param counted whether it is late enough to count for root mean square and maximum
    public void sample(int second, double offsetSeconds, double rateError, Counted counted) {
        double offset = Math.abs(offsetSeconds);
        double rate = Math.abs(rateError);
        if (offset > offsetLimit || rate > rateLimit) {
            lastWrong = second;
        }
        if (counted == Counted.YES) {
            samples++;
            offsetSquares += offset * offset;
            rateSquares += rate * rate;
            offsetMax = Math.max(offsetMax, offset);
            rateMax = Math.max(rateMax, rate);
        }
    }

    /// Whether a sample counts.
    public enum Counted {
        YES,
        NO
    }

    public Result result() {
        return new Result(
                offsetMax, rateMax, Math.sqrt(offsetSquares / samples), Math.sqrt(rateSquares / samples), lastWrong);
    }

    /// @param offsetMax seconds
    /// @param rateMax   seconds per second
    /// @param offsetRms seconds
    /// @param rateRms   seconds per second
    /// @param syncTime  last second at which the clock was outside of a limit
    public record Result(double offsetMax, double rateMax, double offsetRms, double rateRms, int syncTime) {
        /// The larger value of each.
        public Result worst(Result other) {
            return new Result(
                    Math.max(offsetMax, other.offsetMax),
                    Math.max(rateMax, other.rateMax),
                    Math.max(offsetRms, other.offsetRms),
                    Math.max(rateRms, other.rateRms),
                    Math.max(syncTime, other.syncTime));
        }

        /// True when every value is within the one of `limit`.
        public boolean isWithin(Result limit) {
            return worst(limit).equals(limit);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "offset max %.2e rms %.2e s, rate max %.2e rms %.2e, synchronised after %d s",
                    offsetMax,
                    offsetRms,
                    rateMax,
                    rateRms,
                    syncTime);
        }
    }
}
