package org.ekicho.ntp.estimate;

import java.util.List;
import java.util.Optional;
import org.ekicho.ntp.view.AssociationView;

/// Follows one source from its samples, unicast or broadcast alike. Belongs to one thread.
public final class SourceEstimator {
    /// @param minPoll log2 of the shortest polling interval, seconds
    /// @param maxPoll log2 of the longest one, not below `minPoll`; equal where the interval is the sender's choice
    public SourceEstimator(int minPoll, int maxPoll) {
        throw new UnsupportedOperationException();
    }

    /// Takes in a sample, later than all before it; one that is not later is ignored.
    public void add(Sample sample) {
        throw new UnsupportedOperationException();
    }

    /// Our clock was stepped or runs at another rate. To be called for every source at every change.
    public void clockChanged(ClockChange change) {
        throw new UnsupportedOperationException();
    }

    /// What is known now; empty until the first sample.
    ///
    /// @param monotonicNanos now, not before the newest sample
    public Optional<Estimate> estimate(long monotonicNanos) {
        throw new UnsupportedOperationException();
    }

    /// The eight newest samples, newest first, as ntpq shows them: dispersion grown by 15 ppm since.
    public List<AssociationView.FilterSample> filter(long monotonicNanos) {
        throw new UnsupportedOperationException();
    }

    /// The polling interval that suits the samples so far, log2 seconds within the limits given.
    public int poll() {
        throw new UnsupportedOperationException();
    }

    /// Forgets every sample.
    public void reset() {
        throw new UnsupportedOperationException();
    }
}
