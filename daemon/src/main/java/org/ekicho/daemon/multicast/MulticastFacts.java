package org.ekicho.daemon.multicast;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ekicho.host.net.Route;
import org.ekicho.wire.IpAddress;

/// What is known of this host with regard to one group.
///
/// @param group      the group
/// @param route      where the kernel would send to it if nobody named an interface; empty: nowhere
/// @param listened   how long queries were listened for; empty when that is not allowed (CAP_NET_RAW)
/// @param interfaces all interfaces, `lo` too
public record MulticastFacts(
        IpAddress group, Optional<Route> route, Optional<Duration> listened, List<InterfaceFacts> interfaces) {
    public MulticastFacts {
        interfaces = List.copyOf(interfaces);
    }
}
