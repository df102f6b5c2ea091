package org.ekicho.ntp.selection;

import java.util.List;
import org.ekicho.ntp.estimate.Estimate;

/// One estimate out of several: offsets weigh by the inverse of the root distance (RFC 5905 §11.2.3), frequencies by
/// the inverse of their variance.
final class Combination {
    /// Seconds: keeps a source that claims no error at all from weighing infinitely.
    private static final double LEAST_DISTANCE = 1e-9;
    /// The same for frequencies, ppm.
    private static final double LEAST_SKEW_PPM = 1e-6;

    private Combination() {}

    /// @param sources system peer first, one at least
    static Estimate of(List<Candidate> sources) {
        Estimate peer = sources.getFirst().estimate();
        if (sources.size() == 1) {
            return peer;
        }
        double weights = 0;
        double precision = 0;
        for (Candidate source : sources) {
            weights += weight(source);
            precision += precision(source);
        }
        double offset = 0;
        double offsetVariance = 0;
        double frequency = 0;
        double jitterSquare = 0;
        int samples = 0;
        for (Candidate source : sources) {
            Estimate estimate = source.estimate();
            double share = weight(source) / weights;
            double difference = estimate.offsetSeconds() - peer.offsetSeconds();
            offset += share * estimate.offsetSeconds();
            offsetVariance += square(share * estimate.offsetDeviation());
            jitterSquare += share * (square(estimate.jitterSeconds()) + square(difference));
            frequency += precision(source) / precision * estimate.frequencyPpm();
            samples = Math.max(samples, estimate.samples());
        }
        return new Estimate(
                peer.monotonicNanos(),
                offset,
                Math.sqrt(offsetVariance),
                frequency,
                Math.sqrt(1 / precision),
                Math.sqrt(jitterSquare),
                peer.delaySeconds(),
                peer.dispersionSeconds(),
                samples);
    }

    private static double weight(Candidate source) {
        return 1 / Math.max(source.rootDistance(), LEAST_DISTANCE);
    }

    private static double precision(Candidate source) {
        return 1 / square(Math.max(source.estimate().frequencyDeviation(), LEAST_SKEW_PPM));
    }

    private static double square(double value) {
        return value * value;
    }
}
