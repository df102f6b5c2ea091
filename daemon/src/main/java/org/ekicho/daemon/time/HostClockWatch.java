package org.ekicho.daemon.time;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.ekicho.host.ChronyMonitor;
import org.ekicho.host.ChronyTracking;
import org.ekicho.host.TimeDaemon;
import org.ekicho.host.TimeDaemons;
import org.ekicho.host.clock.KernelClock;
import org.ekicho.host.clock.KernelClockStatus;
import org.ekicho.ntp.boundary.HostClock;

/// What the kernel says of this host's clock, and the daemon that keeps it.
public final class HostClockWatch implements Outside.HostClockReader {
    /// The stratum of a source that cannot be asked.
    private static final int UNKNOWN_STRATUM = 16;

    private final KernelClock clock = new KernelClock();
    private final TimeDaemons daemons = new TimeDaemons();
    private final ChronyMonitor chrony = new ChronyMonitor();

    @Override
    public HostClock read() {
        try {
            KernelClockStatus status = clock.status();
            List<TimeDaemon> running = daemons.running();
            Optional<String> name = running.stream()
                    .filter(daemon -> daemon.steering() == TimeDaemon.Steering.YES)
                    .map(TimeDaemon::toString)
                    .findFirst();
            Optional<ChronyTracking> tracking =
                    running.stream().anyMatch(daemon -> daemon.name().equals("chronyd")) ? asked() : Optional.empty();
            return new HostClock(
                    status.isSynchronised(),
                    status.maxErrorSeconds(),
                    status.estimatedErrorSeconds(),
                    status.leap(),
                    status.totalFrequencyPpm(),
                    name,
                    tracking.filter(ChronyTracking::isSynchronised)
                            .map(ChronyTracking::stratum)
                            .orElse(UNKNOWN_STRATUM),
                    tracking.map(ChronyTracking::referenceId).orElse(0),
                    tracking.map(ChronyTracking::rootDelay).orElse(0.0),
                    tracking.map(ChronyTracking::rootDispersion).orElse(0.0));
        } catch (IOException e) {
            return HostClock.UNKNOWN;
        }
    }

    private Optional<ChronyTracking> asked() {
        try {
            return chrony.ask();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
