package org.ekicho.ntp.discipline;

import org.ekicho.ntp.estimate.ClockChange;

/// What the discipline wants done, in order.
public sealed interface ClockAction {
    /// Run the clock from now on at its nominal rate corrected by this much in all (positive: faster).
    record SetFrequency(double ppm) implements ClockAction {}

    /// Move the clock by this much at once (positive: forward). Requests under way were stamped by the clock before
    /// it: their replies are of no use.
    record Step(double seconds) implements ClockAction {}

    /// The clock was changed by the actions before this one: every estimator is to know.
    record Changed(ClockChange change) implements ClockAction {}

    /// Keep the frequency for the next start.
    record SaveDrift(double ppm) implements ClockAction {}

    /// Something worth a line in the log.
    record Tell(String sentence) implements ClockAction {}

    /// The clock is not touched: the offset is beyond the panic limit.
    record Panic(double offsetSeconds, String sentence) implements ClockAction {}
}
