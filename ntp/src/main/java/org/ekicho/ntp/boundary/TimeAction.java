package org.ekicho.ntp.boundary;

import org.ekicho.ntp.NtpReason;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;

/// What the time engine wants done, in order.
public sealed interface TimeAction {
    /// Read the clock, call [#seal], send at once.
    non-sealed interface Transmit extends TimeAction {
        Endpoint to();

        /// Address to leave from; `0.0.0.0` or `::`: the kernel chooses.
        IpAddress from();

        /// Interface to leave by; 0: the kernel chooses.
        int interfaceIndex();

        /// Hop limit; 0: the socket's default.
        int ttl();

        /// Writes the packet, its stamp and last its MAC into `out` (payload only) and remembers when it left.
        void seal(Datagram out, long clockNanos);
    }

    /// Run the clock from now on at its nominal rate corrected by this much (positive: faster).
    record SetFrequency(double ppm) implements TimeAction {}

    /// Move the clock by this much at once (positive: forward).
    record Step(double seconds) implements TimeAction {}

    /// Tell the kernel whether it is synchronised and how well, so that other programs of the host see it.
    record TellKernel(boolean synchronised, double maxErrorSeconds, double estimatedErrorSeconds, int leap)
            implements TimeAction {}

    /// Keep the frequency for the next start.
    record SaveDrift(double ppm) implements TimeAction {}

    /// Keep the newest transmit timestamp seen from a sender of broadcasts, against replay after a restart. It replaces
    /// the one kept for the same sender and key, also when it is lower: the sender proved that its clock went back.
    record SaveFloor(ReplayFloor floor) implements TimeAction {}

    /// Worth a line in the log: a change of state, in words.
    record Report(Severity severity, String sentence) implements TimeAction {}

    /// A packet was refused; for counters outside of the engine.
    record Refused(NtpReason reason) implements TimeAction {}

    /// How much a report matters.
    enum Severity {
        INFO,
        WARNING,
        ERROR
    }
}
