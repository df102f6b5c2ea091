package org.ekicho.netboot.lease;

import org.ekicho.netboot.dhcp.DhcpPacket;
import org.ekicho.wire.IpAddress;

/// What to do in the search for other DHCP servers.
public sealed interface RivalAction {
    /// Send this DISCOVER to everyone on the interface.
    record Probe(DhcpPacket packet) implements RivalAction {}

    /// Nobody else was heard: begin to give addresses.
    record Serve() implements RivalAction {}

    /// Another server gives addresses: stop giving any, and raise an alarm.
    ///
    /// @param rival  what it calls itself (option 54), else where its packet came from
    /// @param offers the address that it gave
    record StandDown(IpAddress rival, IpAddress offers) implements RivalAction {}
}
