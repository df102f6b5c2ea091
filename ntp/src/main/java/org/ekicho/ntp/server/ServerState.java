package org.ekicho.ntp.server;

import org.ekicho.ntp.packet.LeapIndicator;

/// What our answers say of our own clock: an immutable snapshot that the engine hands to the server whenever it
/// changes.
///
/// @param leap             UNSYNCHRONISED until there is a source
/// @param stratum          1..15, or 16 while unsynchronised (0 on the wire)
/// @param precision        log2 seconds of our clock
/// @param rootDelay        seconds to the primary reference
/// @param rootDispersion   error bound in seconds at `updatedNanos`; grows by 15 ppm from there (RFC 5905 PHI)
/// @param referenceId      see ReferenceId
/// @param referenceNanos   clock time of the last correction, nanoseconds since 1970; 0: never
/// @param updatedNanos     clock time for which `rootDispersion` holds
public record ServerState(
        LeapIndicator leap,
        int stratum,
        int precision,
        double rootDelay,
        double rootDispersion,
        int referenceId,
        long referenceNanos,
        long updatedNanos) {
    /// Growth of every error bound, seconds per second (RFC 5905 §7.1 PHI).
    public static final double PHI = 15e-6;

    public static ServerState unsynchronised(int precision, int referenceId) {
        return new ServerState(LeapIndicator.UNSYNCHRONISED, 16, precision, 0, 0, referenceId, 0, 0);
    }

    public boolean isSynchronised() {
        return leap != LeapIndicator.UNSYNCHRONISED;
    }

    /// The error bound in seconds at a later clock time; never less than at `updatedNanos`.
    public double rootDispersionAt(long clockNanos) {
        return rootDispersion + Math.max(0, clockNanos - updatedNanos) * 1e-9 * PHI;
    }
}
