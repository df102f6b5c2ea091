package org.ekicho.daemon.check;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.ekicho.daemon.settings.RunSettings;
import org.ekicho.daemon.time.HostNetwork;
import org.ekicho.host.PortOwners;
import org.ekicho.host.TimeDaemon;
import org.ekicho.host.TimeDaemons;
import org.ekicho.site.plan.HostFacts;
import org.ekicho.site.plan.Plan;
import org.ekicho.site.plan.Planner;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;

/// Looks at this host and says what a start would do on it.
public final class HostSurvey {
    private HostSurvey() {}

    /// The plan of a start.
    ///
    /// @throws IOException if the interfaces cannot be listed
    public static Plan plan(RunSettings settings) throws IOException {
        return Planner.plan(settings.site(), facts(settings.time().port()));
    }

    private static HostFacts facts(int port) throws IOException {
        return new HostFacts(new HostNetwork().interfaces(), ports(port), daemons());
    }

    private static List<HostFacts.PortUse> ports(int port) {
        PortOwners owners = new PortOwners();
        return Stream.of(IpAddress.ANY_V4, IpAddress.ANY_V6)
                .flatMap(any -> owners.udp(new Endpoint(any, port)).stream())
                .distinct()
                .map(owner -> new HostFacts.PortUse(owner.bound(), owner.toString()))
                .toList();
    }

    private static List<HostFacts.RunningDaemon> daemons() {
        return new TimeDaemons()
                .running().stream()
                        .map(daemon -> new HostFacts.RunningDaemon(daemon.toString(), steers(daemon)))
                        .toList();
    }

    private static HostFacts.Steers steers(TimeDaemon daemon) {
        return switch (daemon.steering()) {
            case YES -> HostFacts.Steers.YES;
            case NO -> HostFacts.Steers.NO;
            case PERHAPS -> HostFacts.Steers.PERHAPS;
        };
    }
}
