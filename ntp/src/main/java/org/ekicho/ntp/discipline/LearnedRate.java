package org.ekicho.ntp.discipline;

import java.util.OptionalDouble;
import org.ekicho.ntp.estimate.Estimate;

/// The lasting frequency correction and how well it is known.
final class LearnedRate {
    /// No clock that works is off by more; what is beyond comes from a liar. 1 %, ppm.
    private static final double MOST_PPM = 10_000;
    /// What a drift file may have missed since: temperature, ppm.
    private static final double SAVED_SKEW_PPM = 5;
    /// A frequency known worse than this is not taken up, ppm.
    private static final double USELESS_SKEW_PPM = 1000;
    /// Measured frequencies weigh this much less than the one in use, at equal deviations: estimates rest mostly on
    /// the same samples as the ones before.
    private static final double TRUST = 3;

    private double ppm;
    private double skewPpm;

    LearnedRate(OptionalDouble saved) {
        ppm = Math.clamp(saved.orElse(0), -MOST_PPM, MOST_PPM);
        skewPpm = saved.isPresent() ? SAVED_SKEW_PPM : Estimate.UNKNOWN_FREQUENCY_PPM;
    }

    double ppm() {
        return ppm;
    }

    /// Its standard deviation, ppm; no more than what is useless.
    double skewPpm() {
        return Math.min(skewPpm, USELESS_SKEW_PPM);
    }

    /// Moves towards the measured frequency, the further the better that is known; the deviation grows when the two
    /// differ by more than they should.
    ///
    /// @param measuredPpm the correction with which the clock would run as its sources do
    void learn(double measuredPpm, Estimate estimate) {
        double measuredSkew = estimate.frequencyDeviation();
        if (!(measuredSkew < USELESS_SKEW_PPM) || estimate.samples() < 2) {
            return;
        }
        double own = TRUST * skewPpm * skewPpm;
        double gain = own / (own + measuredSkew * measuredSkew);
        double change = gain * (measuredPpm - ppm);
        double missed = measuredPpm - ppm - change;
        ppm = Math.clamp(ppm + change, -MOST_PPM, MOST_PPM);
        double weighted = skewPpm + gain * (measuredSkew - skewPpm);
        skewPpm = Math.sqrt(weighted * weighted + (1 - gain) * change * change + gain * missed * missed);
    }
}
