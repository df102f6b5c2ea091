package org.ekicho.daemon;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.ekicho.daemon.clock.HostServedClock;
import org.ekicho.daemon.clock.ServedClock;
import org.ekicho.daemon.clock.SteeringRefusal;
import org.ekicho.daemon.settings.FileSurroundings;
import org.ekicho.daemon.settings.RunSettings;
import org.ekicho.daemon.time.HostClockWatch;
import org.ekicho.daemon.time.HostNetwork;
import org.ekicho.daemon.time.Outside;
import org.ekicho.daemon.time.ReportLog;
import org.ekicho.daemon.time.StateFiles;
import org.ekicho.daemon.time.UdpDoor;
import org.ekicho.host.RawCapabilities;
import org.ekicho.host.TimeDaemons;
import org.ekicho.host.clock.KernelSteering;
import org.ekicho.ntp.settings.ClockMode;

/// The machine that the daemon runs on, as the time service reaches it.
final class ThisHost {
    private ThisHost() {}

    /// @param state folder of what is kept across restarts
    /// @throws IOException if the clock is to be steered but is not ours to steer: the message says whose it is
    static Outside outside(RunSettings settings, ClockMode mode, Path state) throws IOException {
        Path drift = settings.files().drift().map(Path::of).orElse(state.resolve("drift"));
        return new Outside(
                clock(mode),
                UdpDoor::open,
                new HostNetwork(),
                new FileSurroundings(Path.of("."))::addresses,
                new HostClockWatch(),
                new StateFiles(drift, state.resolve("replay-floors")),
                new SecureRandom(),
                new ReportLog());
    }

    private static ServedClock clock(ClockMode mode) throws IOException {
        return switch (mode) {
            case OBSERVE -> HostServedClock.observed();
            case STEER -> {
                Optional<SteeringRefusal> refusal =
                        SteeringRefusal.of(new TimeDaemons().steerer(), RawCapabilities.own());
                if (refusal.isPresent()) {
                    throw new IOException(refusal.get().sentence());
                }
                yield HostServedClock.steered(new KernelSteering());
            }
        };
    }
}
