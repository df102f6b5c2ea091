package org.ekicho.ntp.boundary;

import java.util.Optional;

/// What the kernel and the host's own time daemon say of the host clock.
///
/// @param synchronised   the kernel's STA_UNSYNC is clear
/// @param maxErrorSeconds the kernel's own bound (`maxerror`)
/// @param estimatedErrorSeconds `esterror`
/// @param leap           pending leap second: 0 none, 1 insert, 2 delete
/// @param frequencyPpm   the kernel's frequency correction
/// @param daemon         the daemon that answers on loopback, by name; empty when none does
/// @param stratum        its stratum, 16 when unknown
/// @param referenceId    its reference id, 0 when unknown
/// @param rootDelay      seconds, 0 when unknown
/// @param rootDispersion seconds, 0 when unknown
public record HostClock(
        boolean synchronised,
        double maxErrorSeconds,
        double estimatedErrorSeconds,
        int leap,
        double frequencyPpm,
        Optional<String> daemon,
        int stratum,
        int referenceId,
        double rootDelay,
        double rootDispersion) {
    /// Nothing is known, nothing is believed.
    public static final HostClock UNKNOWN = new HostClock(false, 16, 16, 0, 0, Optional.empty(), 16, 0, 0, 0);
}
