package org.ekicho.daemon.boot.dhcp;

import org.ekicho.host.net.ArpPacket;
import org.ekicho.netboot.dhcp.Arrival;
import org.ekicho.netboot.dhcp.DhcpAction;
import org.ekicho.netboot.dhcp.DhcpPacket;
import org.ekicho.netboot.dhcp.DhcpReason;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.Moment;

/// Is told of every DHCP packet that was seen and what was done about it. Called from the threads of the
/// sockets: it must return soon, and must not throw.
public interface DhcpObserver {
    /// Somebody who does not look.
    DhcpObserver NONE = new DhcpObserver() {};

    /// A machine's packet came, and `action` was decided. A reply has been sent when this is called.
    default void decided(Moment at, Arrival arrival, DhcpPacket packet, DhcpAction action) {}

    /// What came was no packet that can be used.
    default void malformed(Moment at, Arrival arrival, DhcpReason why) {}

    /// Another server's answer was heard.
    default void heard(Moment at, DhcpPlace place, Endpoint from, DhcpPacket packet) {}

    /// Somebody asked the net who has an address.
    default void asksWhoHas(Moment at, DhcpPlace place, ArpPacket question) {}

    /// Something that an admin must know of, in one sentence.
    default void alarm(Moment at, DhcpPlace place, String sentence) {}
}
