package org.ekicho.daemon.boot.dhcp;

import java.io.IOException;
import org.ekicho.netboot.dhcp.Arrival;
import org.ekicho.netboot.dhcp.DhcpAction;
import org.ekicho.netboot.dhcp.DhcpPacket;
import org.ekicho.netboot.dhcp.ProxyDhcpServer;
import org.ekicho.wire.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers at once what needs no lease: everything of the proxy, and port 4011 always.
record ProxyDesk(ProxyDhcpServer server, DhcpObserver observer) implements PortLoop.Desk {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyDesk.class);

    @Override
    public void take(Moment now, Arrival arrival, DhcpPacket packet, DhcpDoor door) {
        DhcpAction action = server.answer(packet, arrival);
        if (action instanceof DhcpAction.Reply reply) send(reply, door);
        observer.decided(now, arrival, packet, action);
    }

    /// An answer that the kernel refuses is that machine's trouble, not this socket's.
    static void send(DhcpAction.Reply reply, DhcpDoor door) {
        try {
            door.send(reply.encode(), reply.to());
        } catch (IOException e) {
            LOG.warn("DHCP: could not answer {}: {}", reply.to(), e.getMessage());
        }
    }
}
