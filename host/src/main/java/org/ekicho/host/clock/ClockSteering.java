package org.ekicho.host.clock;

import java.io.IOException;

/// The three things that are ever done to a clock.
public interface ClockSteering {
    /// Lets the clock run at its nominal rate corrected by this much.
    ///
    /// @param ppm positive: faster; -100000..100000
    void setFrequency(double ppm) throws IOException;

    /// Moves the clock at once.
    ///
    /// @param seconds positive: forward
    void step(double seconds) throws IOException;

    /// Tells the kernel how good its clock is, so that other programs of the host can ask it.
    ///
    /// @param leap leap second at the end of the day: 0 none, 1 insert, 2 delete
    void tellKernel(SyncState state, double maxErrorSeconds, double estimatedErrorSeconds, int leap) throws IOException;

    /// Whether the kernel may call its clock synchronised.
    enum SyncState {
        SYNCHRONISED,
        UNSYNCHRONISED
    }
}
