package org.ekicho.daemon.boot.dhcp;

import org.ekicho.host.net.ArpPacket;
import org.ekicho.netboot.dhcp.Arrival;
import org.ekicho.netboot.dhcp.DhcpPacket;
import org.ekicho.wire.Moment;

/// What the threads of the sockets hand to the thread that owns the leases.
sealed interface LeaseMail {
    /// A machine asks.
    record Asked(Moment at, Arrival arrival, DhcpPacket packet, DhcpDoor door) implements LeaseMail {}

    /// Another server's answer was heard.
    record Heard(Moment at, Arrival arrival, DhcpPacket packet) implements LeaseMail {}

    /// ARP was heard.
    record Arp(ArpPacket packet) implements LeaseMail {}

    /// A person says that the other server of this interface is gone.
    record Resume(int interfaceIndex) implements LeaseMail {}
}
