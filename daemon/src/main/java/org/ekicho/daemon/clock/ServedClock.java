package org.ekicho.daemon.clock;

import java.io.IOException;
import org.ekicho.ntp.boundary.TimeAction;

/// The clock whose time is served and, when asked, steered: the host's own, or a pretend one for demos and tests.
/// Reading it is safe from any thread and allocates nothing.
public interface ServedClock {
    /// The clock now: nanoseconds since 1970-01-01 UTC.
    long nowNanos();

    /// What this clock showed when the host's clock showed `hostNanos`: turns the kernel's receive stamps into this
    /// clock's time. `hostNanos` lies a second or less in the past.
    long receivedNanos(long hostNanos);

    /// log2 seconds of the smallest step that readings show, e.g. -24.
    int precision();

    /// Runs from now on at its nominal rate corrected by this much (positive: faster).
    ///
    /// @throws IOException if the clock may not be steered by us
    void setFrequency(double ppm) throws IOException;

    /// Moves at once by this much (positive: forward).
    ///
    /// @throws IOException if the clock may not be steered by us
    void step(double seconds) throws IOException;

    /// Says whether it is synchronised and how well, for other programs of the host to see.
    ///
    /// @throws IOException if the clock may not be steered by us
    void tellKernel(TimeAction.TellKernel state) throws IOException;
}
