package org.ekicho.daemon.check;

import java.util.List;
import java.util.stream.Stream;
import org.ekicho.daemon.time.DoorPlan;
import org.ekicho.host.PortOwner;
import org.ekicho.host.PortOwners;
import org.ekicho.host.RawCapabilities;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.site.diagnostic.Diagnostic;
import org.ekicho.site.diagnostic.Position;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;

/// Whether the port of the settings could be opened now.
public final class PortCheck {
    /// Ports below this need a right.
    private static final int FIRST_FREE_PORT = 1024;

    private PortCheck() {}

    /// What stands in the way.
    ///
    /// @param source the file that says so, for positions
    public static List<Diagnostic> problems(String source, TimeSettings time) {
        if (!DoorPlan.usesWildcard(time)) {
            return List.of();
        }
        PortOwners owners = new PortOwners();
        Stream<Diagnostic> taken = Stream.of(IpAddress.ANY_V4, IpAddress.ANY_V6)
                .flatMap(any -> owners.udp(new Endpoint(any, time.port())).stream())
                .map(PortOwner::toString)
                .distinct()
                .map(owner -> Diagnostic.error(
                                Position.ofFile(source), "UDP port " + time.port() + " is taken by " + owner)
                        .expected("a free port")
                        .example("stop it, or choose another port"));
        Stream<Diagnostic> forbidden =
                time.port() < FIRST_FREE_PORT && !RawCapabilities.own().mayBindLowPorts()
                        ? Stream.of(Diagnostic.hint(
                                Position.ofFile(source),
                                "UDP port " + time.port() + " needs root or CAP_NET_BIND_SERVICE, which you have not"))
                        : Stream.of();
        return Stream.concat(taken, forbidden).toList();
    }
}
