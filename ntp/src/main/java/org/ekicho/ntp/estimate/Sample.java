package org.ekicho.ntp.estimate;

/// One measurement of a source, by a round trip or from a broadcast.
///
/// @param monotonicNanos    when it holds: monotonic time, for a round trip the middle between request and reply
/// @param offsetSeconds     the source's clock less ours at that time
/// @param delaySeconds      round trip, for a broadcast twice the one-way delay assumed; not negative
/// @param dispersionSeconds what reading both clocks may have cost: both precisions and the drift meanwhile
public record Sample(long monotonicNanos, double offsetSeconds, double delaySeconds, double dispersionSeconds) {
    public Sample {
        if (!Double.isFinite(offsetSeconds) || !(delaySeconds >= 0) || !(dispersionSeconds >= 0)) {
            throw new IllegalArgumentException("no sample: offset " + offsetSeconds + ", delay " + delaySeconds
                    + ", dispersion " + dispersionSeconds);
        }
    }
}
