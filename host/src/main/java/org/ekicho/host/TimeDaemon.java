package org.ekicho.host;

import java.util.Optional;

/// A time program that runs on this host.
///
/// @param name     as admins call it: `chronyd`, `ntpd`, `systemd-timesyncd`
/// @param pid      process id
/// @param unit     systemd unit, when it runs in one
/// @param steering whether it steers the clock of this host
/// @param why      the reason for that, a clause: `started with -x`
public record TimeDaemon(String name, int pid, Optional<String> unit, Steering steering, String why) {
    /// Whether a program moves the clock.
    public enum Steering {
        YES,
        NO,
        /// It may, depending on settings that cannot be seen from outside.
        PERHAPS
    }

    /// `chronyd (pid 812, chrony.service)`.
    @Override
    public String toString() {
        return name + " (pid " + pid + unit.map(u -> ", " + u).orElse("") + ")";
    }
}
