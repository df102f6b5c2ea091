package org.ekicho.host;

import java.util.Optional;
import org.ekicho.wire.Endpoint;

/// A process that has a port open.
///
/// @param pid   its process id; empty when only root may see it
/// @param name  its name as in `/proc/PID/comm`; empty with `pid`
/// @param unit  the systemd unit that it runs in, when it says so: `chrony.service`
/// @param bound where it is bound
public record PortOwner(Optional<Integer> pid, String name, Optional<String> unit, Endpoint bound) {
    /// `chronyd (pid 812, chrony.service)` or `another process (run as root to see which)`.
    @Override
    public String toString() {
        return pid.map(id -> name + " (pid " + id + unit.map(u -> ", " + u).orElse("") + ")")
                .orElse("another process (run as root to see which)");
    }
}
