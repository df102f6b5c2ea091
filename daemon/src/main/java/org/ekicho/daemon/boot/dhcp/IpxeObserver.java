package org.ekicho.daemon.boot.dhcp;

import java.util.function.Consumer;
import org.ekicho.host.net.ArpPacket;
import org.ekicho.netboot.client.BootStage;
import org.ekicho.netboot.dhcp.Arrival;
import org.ekicho.netboot.dhcp.BootClients;
import org.ekicho.netboot.dhcp.DhcpAction;
import org.ekicho.netboot.dhcp.DhcpPacket;
import org.ekicho.netboot.dhcp.DhcpReason;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.MacAddress;
import org.ekicho.wire.Moment;

/// Notices who runs iPXE, and hands everything on.
record IpxeObserver(DhcpObserver next, Consumer<MacAddress> ipxe) implements DhcpObserver {
    @Override
    public void decided(Moment at, Arrival arrival, DhcpPacket packet, DhcpAction action) {
        if (BootClients.of(packet).stage() == BootStage.IPXE) ipxe.accept(packet.mac());
        next.decided(at, arrival, packet, action);
    }

    @Override
    public void malformed(Moment at, Arrival arrival, DhcpReason why) {
        next.malformed(at, arrival, why);
    }

    @Override
    public void heard(Moment at, DhcpPlace place, Endpoint from, DhcpPacket packet) {
        next.heard(at, place, from, packet);
    }

    @Override
    public void asksWhoHas(Moment at, DhcpPlace place, ArpPacket question) {
        next.asksWhoHas(at, place, question);
    }

    @Override
    public void alarm(Moment at, DhcpPlace place, String sentence) {
        next.alarm(at, place, sentence);
    }
}
