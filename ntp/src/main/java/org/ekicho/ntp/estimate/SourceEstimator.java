package org.ekicho.ntp.estimate;

import java.util.ArrayList;
import java.util.Arrays;
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

    /// Distances that differ by less than this share of the least one say nothing.
    private static final double IRRELEVANT = 0.1;

    private static final double PPM = 1e6;
    private static final double SECOND = 1e9;

    /// Samples in the order of their times: `from..used-1` are fitted, `used..count-1` are doubted, those before
    /// `from` are only shown.
    private final long[] times = new long[MAX_SAMPLES];

    private final double[] offsets = new double[MAX_SAMPLES];
    private final double[] delays = new double[MAX_SAMPLES];
    private final double[] dispersions = new double[MAX_SAMPLES];
    /// Seconds from the newest fitted sample, so never positive where they are used.
    private final double[] ages = new double[MAX_SAMPLES];

    private final double[] weights = new double[MAX_SAMPLES];
    private final double[] sorted = new double[MAX_SAMPLES];
    private final RunsTest runsTest = new RunsTest(MAX_SAMPLES);
    private final Misses misses = new Misses();
    private final PollAdvice poll;
    private int from;
    private int used;
    private int count;
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
        Optional<Estimate> prediction = estimate(sample.monotonicNanos());
        double unitVariance = used - from < 2 ? 0 : variance(line());
        boolean expected = prediction.isEmpty() || isExpected(sample, prediction.get());
        if (expected) {
            count = used;
        }
        append(sample);
        if (expected) {
            used = count;
        } else if (count - used == SURPRISES) {
            from = used;
            used = count;
            misses.forget();
        }
        if (expected && prediction.isPresent()) {
            double deviation = prediction.get().offsetDeviation();
            judge(error(sample, prediction.get()), deviation * deviation, unitVariance);
        }
        fitAndForget();
        prediction.ifPresent(p -> poll.learn(error(sample, p), distance(count - 1), used - from));
    }

    /// True unless neither the sample's delay nor the scatter and age of those before explains how far it is off.
    /// Such a one is doubted until more like it follow, and dropped when the next one is as expected.
    private static boolean isExpected(Sample sample, Estimate prediction) {
        double distance = sample.delaySeconds() / 2 + sample.dispersionSeconds();
        double deviations = prediction.jitterSeconds() + prediction.offsetDeviation();
        return error(sample, prediction) <= distance + SURPRISE_DEVIATIONS * deviations;
    }

    private static double error(Sample sample, Estimate prediction) {
        return Math.abs(sample.offsetSeconds() - prediction.offsetSeconds());
    }

    /// Forgets the older half when predictions keep missing.
    private void judge(double error, double predictionVariance, double unitVariance) {
        if (used - from <= MIN_SAMPLES + 1) {
            misses.forget();
        } else if (misses.tooMany(error, predictionVariance + unitVariance / newestWeight())) {
            misses.forget();
            from += (used - from) / 2;
            fit = null;
        }
    }

    private double newestWeight() {
        fit = null;
        line();
        return weights[used - 1];
    }

    private void append(Sample sample) {
        if (count == MAX_SAMPLES) {
            dropOldest();
        }
        times[count] = sample.monotonicNanos();
        offsets[count] = sample.offsetSeconds();
        delays[count] = sample.delaySeconds();
        dispersions[count] = sample.dispersionSeconds();
        count++;
    }

    private void dropOldest() {
        System.arraycopy(times, 1, times, 0, count - 1);
        System.arraycopy(offsets, 1, offsets, 0, count - 1);
        System.arraycopy(delays, 1, delays, 0, count - 1);
        System.arraycopy(dispersions, 1, dispersions, 0, count - 1);
        count--;
        used--;
        from = Math.max(0, from - 1);
    }

    /// Fits, and leaves out oldest samples until the rest looks like a line and noise.
    private void fitAndForget() {
        fit = null;
        while (used - from > MIN_SAMPLES && !runsTest.passes(line().runs(), used - from)) {
            from++;
            fit = null;
        }
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
        return Optional.of(used - from == 1 ? ofOneSample(monotonicNanos) : ofLine(monotonicNanos));
    }

    private Estimate ofOneSample(long now) {
        double deviation = Math.max(distance(from), LEAST_JITTER);
        double drift = seconds(now - times[from]) * Estimate.UNKNOWN_FREQUENCY_PPM / PPM;
        return new Estimate(
                now,
                offsets[from],
                deviation + drift,
                0,
                Estimate.UNKNOWN_FREQUENCY_PPM,
                deviation,
                delays[from],
                dispersionOf(from, now),
                1);
    }

    private Estimate ofLine(long now) {
        Fit line = line();
        double age = seconds(now - times[used - 1]);
        double variance = variance(line);
        double deviation = Math.sqrt(line.varianceAt(age, variance));
        int best = leastDistance();
        return new Estimate(
                now,
                line.at(age),
                deviation,
                line.slope() * PPM,
                Math.max(line.slopeDeviation(variance) * PPM, LEAST_SKEW_PPM),
                Math.sqrt(variance * line.points() / line.weight()),
                delays[best],
                dispersions[best] + deviation + PHI * age,
                used - from);
    }

    private Fit line() {
        Fit line = fit;
        if (line == null) {
            for (int i = from; i < used; i++) {
                ages[i] = (times[i] - times[used - 1]) / SECOND;
            }
            weigh();
            line = Fit.of(ages, offsets, weights, from, used);
            fit = line;
        }
        return line;
    }

    /// Among few samples each may be off by its whole distance. Among more a sample's deviation is taken to grow with
    /// its distance over the least one, in units of the usual excess; one sample that took seconds changes neither.
    private void weigh() {
        double least = Math.max(distance(leastDistance()), LEAST_JITTER);
        double usual = Math.max(usualDistance() - least, IRRELEVANT * least);
        boolean few = used - from <= MIN_SAMPLES;
        for (int i = from; i < used; i++) {
            double distance = Math.max(distance(i), LEAST_JITTER);
            double deviation = few ? distance / least : 1 + (distance - least) / usual;
            weights[i] = 1 / (deviation * deviation);
        }
    }

    /// The upper quartile: of four samples one may be as slow as it likes.
    private double usualDistance() {
        int points = used - from;
        for (int i = 0; i < points; i++) {
            sorted[i] = distance(from + i);
        }
        Arrays.sort(sorted, 0, points);
        return sorted[3 * (points - 1) / 4];
    }

    /// Variance of a sample of weight 1: from the residuals, and as if one more had been seen that is off by what the
    /// delays say, so that a few samples on a line by luck are not taken for a perfect clock.
    private double variance(Fit line) {
        double least = distance(leastDistance());
        double expected = line.points() <= MIN_SAMPLES ? least : Math.max(delayDeviation() / 2, IRRELEVANT * least);
        double freedom = Math.max(line.effectivePoints() - 2, 0) + 1;
        return Math.max((line.residual() + expected * expected) / freedom, LEAST_JITTER * LEAST_JITTER);
    }

    private double delayDeviation() {
        double weight = 0;
        double sum = 0;
        for (int i = from; i < used; i++) {
            weight += weights[i];
            sum += weights[i] * delays[i];
        }
        double square = 0;
        for (int i = from; i < used; i++) {
            square += weights[i] * (delays[i] - sum / weight) * (delays[i] - sum / weight);
        }
        return Math.sqrt(square / weight);
    }

    private int leastDistance() {
        int best = used - 1;
        for (int i = used - 2; i >= from; i--) {
            if (distance(i) < distance(best)) {
                best = i;
            }
        }
        return best;
    }

    private double distance(int i) {
        return delays[i] / 2 + dispersions[i];
    }

    private double dispersionOf(int i, long now) {
        return dispersions[i] + PHI * seconds(now - times[i]);
    }

    private static double seconds(long nanos) {
        return Math.max(0, nanos) / SECOND;
    }

    /// The eight newest samples, newest first, as ntpq shows them: dispersion grown by 15 ppm since.
    public List<AssociationView.FilterSample> filter(long monotonicNanos) {
        List<AssociationView.FilterSample> shown = new ArrayList<>(SHOWN);
        for (int i = count - 1; i >= Math.max(0, count - SHOWN); i--) {
            shown.add(new AssociationView.FilterSample(offsets[i], delays[i], dispersionOf(i, monotonicNanos)));
        }
        return shown;
    }

    /// The polling interval that suits the samples so far, log2 seconds within the limits given.
    public int poll() {
        return poll.exponent();
    }

    /// Forgets every sample.
    public void reset() {
        from = 0;
        used = 0;
        count = 0;
        fit = null;
        misses.forget();
        poll.reset();
    }
}
