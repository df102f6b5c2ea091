package org.ekicho.daemon.time;

import java.util.List;
import org.ekicho.ntp.boundary.LocalInterface;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.IpAddress;

/// Spares the kernel a choice that was never one. An answer leaves from the address and by the interface that were
/// asked, and saying so costs the kernel about 4 % of the work for an answer. On a host with a single interface that
/// has a single IPv4 address, and between 127.0.0.1 and itself, it could not leave otherwise. Immutable.
final class WayBack {
    /// Nothing is known: every answer says where it leaves.
    static final WayBack SAID = new WayBack(-1);

    private static final long LOOPBACK = IpAddress.LOOPBACK_V4.low();

    /// Low word of the only address; -1, which is the end of no IPv4 address: there are several or none.
    private final long only;

    private WayBack(long only) {
        this.only = only;
    }

    /// What follows from the interfaces as they are now. One that is down counts, too: it may come up before we hear
    /// of it.
    static WayBack of(List<LocalInterface> interfaces) {
        List<LocalInterface> others =
                interfaces.stream().filter(on -> !on.loopback()).toList();
        List<IpAddress> addresses = others.stream()
                .flatMap(on -> on.addresses().stream())
                .map(LocalInterface.Address::address)
                .filter(IpAddress::isV4)
                .toList();
        return others.size() == 1 && addresses.size() == 1
                ? new WayBack(addresses.getFirst().low())
                : SAID;
    }

    /// Leaves source and interface of an answer to the kernel where it cannot go wrong.
    void shorten(Datagram reply) {
        if (reply.localHigh == 0 && (reply.localLow == only ? !isLoopback(reply.peerLow) : isToItself(reply))) {
            reply.localLow = 0;
            reply.interfaceIndex = 0;
        }
    }

    private static boolean isLoopback(long low) {
        return (low >>> 24 & 0xff) == 127;
    }

    private static boolean isToItself(Datagram reply) {
        return reply.localLow == LOOPBACK && reply.peerLow == LOOPBACK && reply.peerHigh == 0;
    }
}
