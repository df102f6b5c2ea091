package org.ekicho.daemon;

import java.nio.file.Path;
import java.security.SecureRandom;
import org.ekicho.daemon.clock.HostServedClock;
import org.ekicho.daemon.settings.FileSurroundings;
import org.ekicho.daemon.settings.RunSettings;
import org.ekicho.daemon.time.HostNetwork;
import org.ekicho.daemon.time.Outside;
import org.ekicho.daemon.time.ReportLog;
import org.ekicho.daemon.time.TimeMemory;
import org.ekicho.daemon.time.UdpDoor;
import org.ekicho.ntp.boundary.HostClock;

/// The machine that the daemon runs on, as the time service reaches it.
final class ThisHost {
    private ThisHost() {}

    /// @param state folder of what is kept across restarts
    static Outside outside(RunSettings settings, Path state) {
        return new Outside(
                new HostServedClock(),
                UdpDoor::open,
                new HostNetwork(),
                new FileSurroundings(Path.of("."))::addresses,
                () -> HostClock.UNKNOWN,
                TimeMemory.NONE,
                new SecureRandom(),
                new ReportLog());
    }
}
