package org.ekicho.ntp.estimate;

import java.util.ArrayList;
import java.util.List;
import org.ekicho.ntp.view.AssociationView;

/// The newest samples of a source in the order of their times, as they would have been if our clock had always run as
/// it does now.
final class SampleHistory {
    /// Enough for an hour at the shortest usual poll; more would only average over wander.
    static final int CAPACITY = 64;
    /// What ntpq shows (RFC 5905 §10, the clock filter's stages).
    private static final int SHOWN = 8;
    /// Growth of an error bound, seconds per second (RFC 5905 §7.1 PHI).
    static final double PHI = 15e-6;

    private static final double PPM = 1e6;
    private static final double SECOND = 1e9;

    private final long[] times = new long[CAPACITY];
    private final double[] offsets = new double[CAPACITY];
    private final double[] delays = new double[CAPACITY];
    private final double[] dispersions = new double[CAPACITY];
    private int count;

    int count() {
        return count;
    }

    boolean isFull() {
        return count == CAPACITY;
    }

    /// Takes one more; not when full.
    void append(Sample sample) {
        times[count] = sample.monotonicNanos();
        offsets[count] = sample.offsetSeconds();
        delays[count] = sample.delaySeconds();
        dispersions[count] = sample.dispersionSeconds();
        count++;
    }

    void dropOldest() {
        count--;
        System.arraycopy(times, 1, times, 0, count);
        System.arraycopy(offsets, 1, offsets, 0, count);
        System.arraycopy(delays, 1, delays, 0, count);
        System.arraycopy(dispersions, 1, dispersions, 0, count);
    }

    /// Keeps the oldest `kept` ones.
    void truncate(int kept) {
        count = kept;
    }

    long time(int i) {
        return times[i];
    }

    double offset(int i) {
        return offsets[i];
    }

    double delay(int i) {
        return delays[i];
    }

    double dispersion(int i) {
        return dispersions[i];
    }

    double dispersionAt(int i, long monotonicNanos) {
        return dispersions[i] + PHI * secondsBetween(times[i], monotonicNanos);
    }

    /// What the sample's offset may be wrong by at most, if the clocks were read well: half the round trip.
    double distance(int i) {
        return delays[i] / 2 + dispersions[i];
    }

    /// 0 where `later` is not later.
    static double secondsBetween(long earlier, long later) {
        return Math.max(0, later - earlier) / SECOND;
    }

    void clockChanged(ClockChange change) {
        double rate = change.frequencyPpm() / PPM;
        for (int i = 0; i < count; i++) {
            double age = (change.monotonicNanos() - times[i]) / SECOND;
            offsets[i] += age * rate - change.offsetSeconds();
            times[i] -= Math.round(age * rate * SECOND);
        }
    }

    /// The newest first.
    List<AssociationView.FilterSample> shown(long monotonicNanos) {
        List<AssociationView.FilterSample> shown = new ArrayList<>(SHOWN);
        for (int i = count - 1; i >= Math.max(0, count - SHOWN); i--) {
            shown.add(new AssociationView.FilterSample(offsets[i], delays[i], dispersionAt(i, monotonicNanos)));
        }
        return shown;
    }
}
