package org.ekicho.ntp.estimate;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ekicho.ntp.view.AssociationView;
import org.jspecify.annotations.Nullable;

/// Follows one source from its samples, unicast or broadcast alike: a straight line through (time, offset) whose
/// intercept is the offset and whose slope the frequency, with honest error bars for both. Samples with a long delay
/// count little; samples from before the clock changed its ways are forgotten as soon as the residuals, or
/// predictions that miss, show it. Belongs to one thread.
public final class SourceEstimator {
    /// A line through fewer says nothing of its own error.
    private static final int MIN_SAMPLES = 3;
    /// So many samples in a row that no honest path explains: the source's clock or ours jumped.
    private static final int SURPRISES = 3;
    /// A prediction may miss by this many of its standard deviations.
    private static final double SURPRISE_DEVIATIONS = 5;
    /// No clock is read better: a deviation below this is luck, seconds.
    private static final double LEAST_JITTER = 1e-9;
    /// No oscillator is steadier over the spans seen here, ppm.
    private static final double LEAST_SKEW_PPM = 1e-4;
    /// Distances that differ by less than this share of the least one say nothing.
    private static final double IRRELEVANT = 0.1;

    private static final double PPM = 1e6;

    /// Samples `from..used-1` are fitted, later ones are doubted, earlier ones only shown.
    private final SampleHistory samples = new SampleHistory();

    private int from;
    private int used;
    private final RunsTest runsTest = new RunsTest(SampleHistory.CAPACITY);
    private final Misses misses = new Misses();
    private final PollAdvice poll;

    /// The line through the fitted samples, x in seconds after the newest of them; null when it must be found anew.
    private @Nullable Fit fit;

    private final double[] ages = new double[SampleHistory.CAPACITY];
    private final double[] offsets = new double[SampleHistory.CAPACITY];
    private final double[] weights = new double[SampleHistory.CAPACITY];
    private final double[] sorted = new double[SampleHistory.CAPACITY];

    /// @param minPoll log2 of the shortest polling interval, seconds
    /// @param maxPoll log2 of the longest one, not below `minPoll`; equal where the interval is the sender's choice
    public SourceEstimator(int minPoll, int maxPoll) {
        poll = new PollAdvice(minPoll, maxPoll);
    }

    /// Takes in a sample, later than all before it; one that is not later is ignored.
    public void add(Sample sample) {
        int count = samples.count();
        if (count == 0) {
            append(sample);
            used = 1;
        } else if (sample.monotonicNanos() > samples.time(count - 1)) {
            Estimate prediction = estimateAt(sample.monotonicNanos());
            double miss = Math.abs(sample.offsetSeconds() - prediction.offsetSeconds());
            if (isExpected(sample, prediction, miss)) {
                takeExpected(sample, prediction, miss);
            } else {
                doubt(sample);
            }
            poll.learn(miss, samples.distance(samples.count() - 1), used - from);
        }
    }

    /// True unless neither the sample's delay nor the scatter and age of those before explains how far it is off.
    private static boolean isExpected(Sample sample, Estimate prediction, double miss) {
        double distance = sample.delaySeconds() / 2 + sample.dispersionSeconds();
        double deviations = prediction.jitterSeconds() + prediction.offsetDeviation();
        return miss <= distance + SURPRISE_DEVIATIONS * deviations;
    }

    /// Samples that were doubted before it are dropped: it shows that they were wrong.
    private void takeExpected(Sample sample, Estimate prediction, double miss) {
        double unitVariance = used - from < 2 ? 0 : variance(line());
        samples.truncate(used);
        append(sample);
        used = samples.count();
        fit = null;
        if (used - from <= MIN_SAMPLES + 1) {
            misses.forget();
        } else {
            line();
            double variance =
                    prediction.offsetDeviation() * prediction.offsetDeviation() + unitVariance / weights[used - 1];
            forgetHalfIf(misses.tooMany(miss, variance));
        }
        forgetWhatIsNoLine();
    }

    /// It counts only when enough others follow it; then what was before them does not.
    private void doubt(Sample sample) {
        append(sample);
        if (samples.count() - used == SURPRISES) {
            from = used;
            used = samples.count();
            fit = null;
            misses.forget();
        }
    }

    private void append(Sample sample) {
        if (samples.isFull()) {
            samples.dropOldest();
            used--;
            from = Math.max(0, from - 1);
            fit = null;
        }
        samples.append(sample);
    }

    private void forgetHalfIf(boolean tooManyMisses) {
        if (tooManyMisses) {
            from += (used - from) / 2;
            fit = null;
            misses.forget();
        }
    }

    /// Leaves out oldest samples until the rest looks like a line and noise.
    private void forgetWhatIsNoLine() {
        while (used - from > MIN_SAMPLES && !runsTest.passes(line().runs(), used - from)) {
            from++;
            fit = null;
        }
    }

    /// Our clock was stepped or runs at another rate. To be called for every source at every change.
    public void clockChanged(ClockChange change) {
        samples.clockChanged(change);
        fit = null;
    }

    /// What is known now; empty until the first sample.
    ///
    /// @param monotonicNanos now, not before the newest sample
    public Optional<Estimate> estimate(long monotonicNanos) {
        return samples.count() == 0 ? Optional.empty() : Optional.of(estimateAt(monotonicNanos));
    }

    private Estimate estimateAt(long now) {
        return used - from == 1 ? ofOneSample(now) : ofLine(now);
    }

    private Estimate ofOneSample(long now) {
        double deviation = Math.max(samples.distance(from), LEAST_JITTER);
        double age = SampleHistory.secondsBetween(samples.time(from), now);
        return new Estimate(
                now,
                samples.offset(from),
                deviation + age * Estimate.UNKNOWN_FREQUENCY_PPM / PPM,
                0,
                Estimate.UNKNOWN_FREQUENCY_PPM,
                deviation,
                samples.delay(from),
                samples.dispersionAt(from, now),
                1);
    }

    private Estimate ofLine(long now) {
        Fit line = line();
        double age = SampleHistory.secondsBetween(samples.time(used - 1), now);
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
                samples.delay(best),
                samples.dispersion(best) + deviation + SampleHistory.PHI * age,
                used - from);
    }

    private Fit line() {
        Fit line = fit;
        if (line == null) {
            for (int i = from; i < used; i++) {
                ages[i] = -SampleHistory.secondsBetween(samples.time(i), samples.time(used - 1));
                offsets[i] = samples.offset(i);
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
        double least = Math.max(samples.distance(leastDistance()), LEAST_JITTER);
        double usual = Math.max(usualDistance() - least, IRRELEVANT * least);
        boolean few = used - from <= MIN_SAMPLES;
        for (int i = from; i < used; i++) {
            double distance = Math.max(samples.distance(i), LEAST_JITTER);
            double deviation = few ? distance / least : 1 + (distance - least) / usual;
            weights[i] = 1 / (deviation * deviation);
        }
    }

    private int leastDistance() {
        int best = used - 1;
        for (int i = used - 2; i >= from; i--) {
            if (samples.distance(i) < samples.distance(best)) {
                best = i;
            }
        }
        return best;
    }

    /// The upper quartile: of four samples one may be as slow as it likes.
    private double usualDistance() {
        int points = used - from;
        for (int i = 0; i < points; i++) {
            sorted[i] = samples.distance(from + i);
        }
        Arrays.sort(sorted, 0, points);
        return sorted[3 * (points - 1) / 4];
    }

    /// Variance of a sample of weight 1: from the residuals, and as if one more had been seen that is off by what the
    /// delays say, so that a few samples on a line by luck are not taken for a perfect clock.
    private double variance(Fit line) {
        double least = samples.distance(leastDistance());
        double expected = line.points() <= MIN_SAMPLES ? least : Math.max(delayDeviation() / 2, IRRELEVANT * least);
        double freedom = Math.max(line.effectivePoints() - 2, 0) + 1;
        return Math.max((line.residual() + expected * expected) / freedom, LEAST_JITTER * LEAST_JITTER);
    }

    private double delayDeviation() {
        double weight = 0;
        double sum = 0;
        for (int i = from; i < used; i++) {
            weight += weights[i];
            sum += weights[i] * samples.delay(i);
        }
        double square = 0;
        for (int i = from; i < used; i++) {
            double difference = samples.delay(i) - sum / weight;
            square += weights[i] * difference * difference;
        }
        return Math.sqrt(square / weight);
    }

    /// The eight newest samples, newest first, as ntpq shows them: dispersion grown by 15 ppm since.
    public List<AssociationView.FilterSample> filter(long monotonicNanos) {
        return samples.shown(monotonicNanos);
    }

    /// The polling interval that suits the samples so far, log2 seconds within the limits given.
    public int poll() {
        return poll.exponent();
    }

    /// Forgets every sample.
    public void reset() {
        samples.truncate(0);
        from = 0;
        used = 0;
        fit = null;
        misses.forget();
        poll.reset();
    }
}
