package org.ekicho.ntp.estimate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ekicho.ntp.view.AssociationView;
import org.jspecify.annotations.Nullable;

/// Follows one source from its samples, unicast or broadcast alike: a straight line through (time, offset) whose
/// intercept is the offset and whose slope the frequency, with honest error bars for both. Samples with a long delay
/// count little; samples from before the clock changed its ways are forgotten as soon as the residuals show it.
/// Belongs to one thread.
public final class SourceEstimator {
    /// Enough for an hour at the shortest usual poll; more would only average over wander.
    private static final int MAX_SAMPLES = 64;
    /// A line through fewer says nothing of its own error.
    private static final int MIN_SAMPLES = 3;
    /// What ntpq shows (RFC 5905 §10, the clock filter's stages).
    private static final int SHOWN = 8;
    /// So many samples in a row that no honest path explains: the source's clock or ours jumped.
    private static final int SURPRISES = 3;
    /// A prediction may miss by this many of its standard deviations.
    private static final double SURPRISE_DEVIATIONS = 5;
    /// Growth of an error bound, seconds per second (RFC 5905 §7.1 PHI).
    private static final double PHI = 15e-6;
    /// No clock is read better: a deviation below this is luck, seconds.
    private static final double LEAST_JITTER = 1e-9;
    /// No oscillator is steadier over the spans seen here, ppm.
    private static final double LEAST_SKEW_PPM = 1e-4;

    private static final double PPM = 1e6;
    private static final double SECOND = 1e9;

    private final long[] times = new long[MAX_SAMPLES];
    private final double[] offsets = new double[MAX_SAMPLES];
    private final double[] delays = new double[MAX_SAMPLES];
    private final double[] dispersions = new double[MAX_SAMPLES];
    /// Seconds from the newest sample, so never positive.
    private final double[] ages = new double[MAX_SAMPLES];

    private final double[] weights = new double[MAX_SAMPLES];
    private final RunsTest runsTest = new RunsTest(MAX_SAMPLES);
    private final PollAdvice poll;
    private int count;
    private int surprises;
    private @Nullable Fit fit;

    /// @param minPoll log2 of the shortest polling interval, seconds
    /// @param maxPoll log2 of the longest one, not below `minPoll`; equal where the interval is the sender's choice
    public SourceEstimator(int minPoll, int maxPoll) {
        poll = new PollAdvice(minPoll, maxPoll);
    }

    /// Takes in a sample, later than all before it; one that is not later is ignored.
    public void add(Sample sample) {
        if (count > 0 && sample.monotonicNanos() <= times[count - 1]) {
            return;
        }
        Optional<Estimate> before = estimate(sample.monotonicNanos());
        before.ifPresent(prediction -> compare(sample, prediction));
        if (surprises >= SURPRISES) {
            forgetOldest(count - (SURPRISES - 1));
            surprises = 0;
        } else if (count == MAX_SAMPLES) {
            forgetOldest(1);
        }
        times[count] = sample.monotonicNanos();
        offsets[count] = sample.offsetSeconds();
        delays[count] = sample.delaySeconds();
        dispersions[count] = sample.dispersionSeconds();
        count++;
        fitAndForget();
        before.ifPresent(prediction -> poll.learn(error(sample, prediction), distance(count - 1), count));
    }

    /// Our clock was stepped or runs at another rate. To be called for every source at every change.
    public void clockChanged(ClockChange change) {
        double rate = change.frequencyPpm() / PPM;
        for (int i = 0; i < count; i++) {
            double age = (change.monotonicNanos() - times[i]) / SECOND;
            offsets[i] += age * rate - change.offsetSeconds();
            times[i] -= Math.round(age * rate * SECOND);
        }
        fit = null;
    }

    /// What is known now; empty until the first sample.
    ///
    /// @param monotonicNanos now, not before the newest sample
    public Optional<Estimate> estimate(long monotonicNanos) {
        if (count == 0) {
            return Optional.empty();
        }
        double age = (monotonicNanos - times[count - 1]) / SECOND;
        int best = leastDelay();
        double dispersion = dispersions[best] + PHI * Math.max(0, (monotonicNanos - times[best]) / SECOND);
        if (count == 1) {
            double deviation = Math.max(distance(0), LEAST_JITTER);
            return Optional.of(new Estimate(
                    monotonicNanos,
                    offsets[0],
                    deviation + age * Estimate.UNKNOWN_FREQUENCY_PPM / PPM,
                    0,
                    Estimate.UNKNOWN_FREQUENCY_PPM,
                    deviation,
                    delays[0],
                    dispersion,
                    1));
        }
        Fit line = fit == null ? fit() : fit;
        double variance = variance(line);
        return Optional.of(new Estimate(
                monotonicNanos,
                line.at(age),
                Math.sqrt(line.varianceAt(age, variance)),
                line.slope() * PPM,
                Math.max(line.slopeDeviation(variance) * PPM, LEAST_SKEW_PPM),
                Math.sqrt(variance * count / line.weight()),
                delays[best],
                dispersion,
                count));
    }

    /// The eight newest samples, newest first, as ntpq shows them: dispersion grown by 15 ppm since.
    public List<AssociationView.FilterSample> filter(long monotonicNanos) {
        List<AssociationView.FilterSample> shown = new ArrayList<>(SHOWN);
        for (int i = count - 1; i >= Math.max(0, count - SHOWN); i--) {
            double age = Math.max(0, (monotonicNanos - times[i]) / SECOND);
            shown.add(new AssociationView.FilterSample(offsets[i], delays[i], dispersions[i] + PHI * age));
        }
        return shown;
    }

    /// The polling interval that suits the samples so far, log2 seconds within the limits given.
    public int poll() {
        return poll.exponent();
    }

    /// Forgets every sample.
    public void reset() {
        count = 0;
        surprises = 0;
        fit = null;
        poll.reset();
    }

    private void compare(Sample sample, Estimate prediction) {
        double distance = sample.delaySeconds() / 2 + sample.dispersionSeconds();
        boolean surprise = error(sample, prediction)
                > distance
                        + prediction.jitterSeconds() * SURPRISE_DEVIATIONS
                        + prediction.offsetDeviation() * SURPRISE_DEVIATIONS;
        surprises = surprise ? surprises + 1 : 0;
    }

    private static double error(Sample sample, Estimate prediction) {
        return Math.abs(sample.offsetSeconds() - prediction.offsetSeconds());
    }

    /// Fits, and forgets oldest samples until the rest looks like a line and noise.
    private void fitAndForget() {
        if (count < 2) {
            fit = null;
            return;
        }
        Fit line = fit();
        while (count > MIN_SAMPLES && !runsTest.passes(line.runs(), line.points())) {
            forgetOldest(1);
            line = fit();
        }
    }

    private Fit fit() {
        long newest = times[count - 1];
        for (int i = 0; i < count; i++) {
            ages[i] = (times[i] - newest) / SECOND;
        }
        weigh();
        Fit line = Fit.of(ages, offsets, weights, 0, count);
        fit = line;
        return line;
    }

    /// A sample's deviation is taken to grow with its distance over the least one, in units of the usual excess.
    private void weigh() {
        double least = Double.MAX_VALUE;
        double sum = 0;
        for (int i = 0; i < count; i++) {
            least = Math.min(least, distance(i));
            sum += distance(i);
        }
        double usual = Math.max(sum / count - least, LEAST_JITTER);
        for (int i = 0; i < count; i++) {
            double deviation = 1 + (distance(i) - least) / usual;
            weights[i] = 1 / (deviation * deviation);
        }
    }

    /// Variance of a sample of weight 1: from the residuals, and as if one more had been seen that is off by what the
    /// delays say, so that a few samples on a line by luck are not taken for a perfect clock.
    private double variance(Fit line) {
        double expected = count <= MIN_SAMPLES ? distance(leastDelay()) : delayDeviation() / 2;
        double freedom = count - 2 + 1;
        return Math.max((line.residual() + expected * expected) / freedom, LEAST_JITTER * LEAST_JITTER);
    }

    private double delayDeviation() {
        double mean = 0;
        for (int i = 0; i < count; i++) {
            mean += delays[i] / count;
        }
        double square = 0;
        for (int i = 0; i < count; i++) {
            square += (delays[i] - mean) * (delays[i] - mean);
        }
        return Math.sqrt(square / count);
    }

    private double distance(int i) {
        return delays[i] / 2 + dispersions[i];
    }

    private int leastDelay() {
        int best = count - 1;
        for (int i = count - 2; i >= 0; i--) {
            if (distance(i) < distance(best)) {
                best = i;
            }
        }
        return best;
    }

    private void forgetOldest(int howMany) {
        System.arraycopy(times, howMany, times, 0, count - howMany);
        System.arraycopy(offsets, howMany, offsets, 0, count - howMany);
        System.arraycopy(delays, howMany, delays, 0, count - howMany);
        System.arraycopy(dispersions, howMany, dispersions, 0, count - howMany);
        count -= howMany;
        fit = null;
    }
}
