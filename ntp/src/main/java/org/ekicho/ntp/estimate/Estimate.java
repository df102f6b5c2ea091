package org.ekicho.ntp.estimate;

/// What is known of a source's clock, or of several combined, at one moment.
///
/// @param monotonicNanos     the moment for which it holds
/// @param offsetSeconds      its clock less ours
/// @param offsetDeviation    standard deviation of `offsetSeconds`
/// @param frequencyPpm       how much faster it runs than our clock runs now (slew included)
/// @param frequencyDeviation standard deviation of `frequencyPpm` (skew), ppm
/// @param jitterSeconds      standard deviation of one sample
/// @param delaySeconds       least round trip among the samples used
/// @param dispersionSeconds  error bound besides half the delay: what reading both clocks cost for that sample, plus
///                           `offsetDeviation`, growing by 15 ppm since the newest sample (RFC 5905 PHI)
/// @param samples            how many samples it rests on, 1 at least
public record Estimate(
        long monotonicNanos,
        double offsetSeconds,
        double offsetDeviation,
        double frequencyPpm,
        double frequencyDeviation,
        double jitterSeconds,
        double delaySeconds,
        double dispersionSeconds,
        int samples) {
    /// The frequency error of a clock of which nothing is known: no working oscillator is further off, ppm.
    public static final double UNKNOWN_FREQUENCY_PPM = 500;

    /// The estimate of a source that is our own clock (local clock, host clock): no offset, ever.
    public static Estimate ofOwnClock(long monotonicNanos, double dispersionSeconds) {
        return new Estimate(monotonicNanos, 0, 0, 0, 0, 0, 0, dispersionSeconds, 1);
    }
}
