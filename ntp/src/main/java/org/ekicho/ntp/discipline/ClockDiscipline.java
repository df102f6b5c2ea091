package org.ekicho.ntp.discipline;

import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.ekicho.ntp.estimate.Estimate;
import org.ekicho.ntp.settings.DisciplineSettings;

/// Brings the clock to the chosen sources and keeps it there. Belongs to one thread; touches no clock itself.
public final class ClockDiscipline {
    /// @param settings       limits
    /// @param driftPpm       frequency correction from the drift file, else the one that the kernel has now
    /// @param monotonicNanos now
    public ClockDiscipline(DisciplineSettings settings, OptionalDouble driftPpm, long monotonicNanos) {
        throw new UnsupportedOperationException();
    }

    /// Sets the frequency that it starts from. To be called once, first.
    public void start(long monotonicNanos, Consumer<ClockAction> out) {
        throw new UnsupportedOperationException();
    }

    /// There is a new sample of one of the chosen sources, and this is what they say together now. Not to be called
    /// without a new sample, nor when the system peer is our own clock.
    ///
    /// @param combined the choice's estimate, at `monotonicNanos`
    public void update(Estimate combined, long monotonicNanos, Consumer<ClockAction> out) {
        throw new UnsupportedOperationException();
    }

    /// Ends a slew that is due, keeps the drift.
    public void advance(long monotonicNanos, Consumer<ClockAction> out) {
        throw new UnsupportedOperationException();
    }

    /// Monotonic time at which `advance` is next worth calling; `Long.MAX_VALUE`: never.
    public long nextDeadlineNanos() {
        throw new UnsupportedOperationException();
    }

    /// Where it stands.
    public State state() {
        throw new UnsupportedOperationException();
    }

    /// The lasting frequency correction, ppm, without a slew under way.
    public double frequencyPpm() {
        throw new UnsupportedOperationException();
    }

    /// Standard deviation of `frequencyPpm` as far as known (ntpq's clk_wander), ppm.
    public double wanderPpm() {
        throw new UnsupportedOperationException();
    }

    /// Standard deviation of the newest estimates' offsets (ntpq's clk_jitter), seconds.
    public double jitterSeconds() {
        throw new UnsupportedOperationException();
    }

    /// What a slew under way has still to correct, seconds (positive: forward); 0: none.
    public double remainingSeconds(long monotonicNanos) {
        throw new UnsupportedOperationException();
    }

    /// Where a discipline stands.
    public enum State {
        /// Not yet corrected: waits for the first estimate.
        START,
        /// Follows its sources.
        FOLLOW,
        /// The offset is above the step threshold: waits whether it lasts.
        SPIKE,
        /// The offset is beyond the panic limit: the clock is left alone.
        PANIC
    }
}
