package org.ekicho.ntp.broadcast;

import java.util.Optional;
import org.ekicho.ntp.association.Arrival;
import org.ekicho.ntp.association.Interval;
import org.ekicho.ntp.estimate.Estimate;
import org.ekicho.ntp.estimate.Sample;
import org.ekicho.ntp.estimate.SourceEstimator;
import org.ekicho.ntp.packet.NtpTimestamp;

/// What broadcasts say of their sender's clock, held against what was to be expected.
final class BroadcastSamples {
    /// A packet that tells a time this much before the one expected was held back and sent again: no path of a LAN
    /// keeps a packet for so long.
    private static final double HELD_BACK_SECONDS = 0.5;
    /// Where nothing else can settle it, so many of these in a row are refused.
    private static final int HELD_BACK_LIMIT = 3;

    private final SourceEstimator estimator;
    private final double precisionSeconds;
    private int heldBackInARow;

    BroadcastSamples(SourceEstimator estimator, double precisionSeconds) {
        this.estimator = estimator;
        this.precisionSeconds = precisionSeconds;
    }

    /// Transmit timestamp and the way to us, less our clock on arrival; empty until the delay is known.
    Optional<Sample> of(Arrival arrival, PathDelay delay) {
        if (!delay.isKnown()) {
            return Optional.empty();
        }
        long sent = NtpTimestamp.toNanos(arrival.packet().transmit(), arrival.clockNanos());
        double offset = Interval.toSeconds(sent - arrival.clockNanos()) + delay.oneWaySeconds();
        double dispersion = precisionSeconds + Math.scalb(1.0, arrival.packet().precision());
        return Optional.of(new Sample(arrival.monotonicNanos(), offset, delay.roundTripSeconds(), dispersion));
    }

    /// True for a packet that tells much less than expected.
    boolean isHeldBack(Sample sample) {
        Optional<Estimate> expected = estimator.estimate(sample.monotonicNanos());
        return expected.isPresent()
                && sample.offsetSeconds()
                        < expected.get().offsetSeconds()
                                - HELD_BACK_SECONDS
                                - expected.get().offsetDeviation();
    }

    /// The same, but after some packets in a row it is the sender's clock that was set: what was learnt is forgotten.
    boolean isHeldBackForNow(Sample sample) {
        heldBackInARow = isHeldBack(sample) ? heldBackInARow + 1 : 0;
        if (heldBackInARow > HELD_BACK_LIMIT) {
            heldBackInARow = 0;
            estimator.reset();
        }
        return heldBackInARow > 0;
    }
}
