package org.ekicho.daemon.boot;

import java.util.Optional;
import org.ekicho.daemon.boot.dhcp.DhcpObserver;
import org.ekicho.daemon.boot.dhcp.DhcpPlace;
import org.ekicho.host.net.ArpPacket;
import org.ekicho.netboot.client.BootClient;
import org.ekicho.netboot.dhcp.Arrival;
import org.ekicho.netboot.dhcp.BootClients;
import org.ekicho.netboot.dhcp.DhcpAction;
import org.ekicho.netboot.dhcp.DhcpPacket;
import org.ekicho.netboot.dhcp.DhcpType;
import org.ekicho.netboot.dhcp.OptionCode;
import org.ekicho.netboot.trace.BootEvent;
import org.ekicho.netboot.trace.DhcpGift;
import org.ekicho.netboot.trace.DhcpKind;
import org.ekicho.netboot.trace.Who;
import org.ekicho.netboot.trace.Whose;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;
import org.ekicho.wire.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What DHCP saw and did, as events of the trace; and whose an address is.
final class DhcpWitness implements DhcpObserver {
    private static final Logger LOG = LoggerFactory.getLogger(DhcpWitness.class);

    private final TraceKeeper trace;
    private final MachineFinder finder;

    DhcpWitness(TraceKeeper trace, MachineFinder finder) {
        this.trace = trace;
        this.finder = finder;
    }

    @Override
    public void decided(Moment at, Arrival arrival, DhcpPacket packet, DhcpAction action) {
        BootClient client = BootClients.of(packet);
        Endpoint ours = new Endpoint(arrival.ours(), arrival.port());
        add(at, packet, client, Whose.CLIENT, arrival.from(), ours);
        if (!packet.ciaddr().isAny()) learn(packet.ciaddr(), packet.mac());
        if (action instanceof DhcpAction.Reply reply) {
            reply.boot().ifPresent(step -> trace.decided(packet.mac(), step));
            add(at, reply.packet(), client, Whose.OURS, ours, reply.to());
            acknowledged(reply.packet());
        }
    }

    @Override
    public void heard(Moment at, DhcpPlace place, Endpoint from, DhcpPacket packet) {
        add(at, packet, BootClients.of(packet), Whose.OTHER, from, new Endpoint(IpAddress.ANY_V4, 68));
        acknowledged(packet);
    }

    /// Who asks for its own address, or has none yet, only checks that nobody has it.
    @Override
    public void asksWhoHas(Moment at, DhcpPlace place, ArpPacket question) {
        boolean checks = question.sender().isAny() || question.sender().equals(question.target());
        if (checks || question.mac().equals(place.mac())) return;
        Who who = Who.of(question.mac(), question.sender());
        trace.add(new BootEvent.ArpAsk(at.clockNanos(), who, question.target(), 1, at.clockNanos()));
    }

    @Override
    public void alarm(Moment at, DhcpPlace place, String sentence) {
        LOG.warn("DHCP on {}: {}", place.name(), sentence);
    }

    private void acknowledged(DhcpPacket packet) {
        boolean given = packet.type().filter(DhcpType.ACK::equals).isPresent();
        if (given && !packet.yiaddr().isAny()) learn(packet.yiaddr(), packet.mac());
    }

    private void learn(IpAddress address, MacAddress mac) {
        finder.learn(address, mac);
        trace.owns(address, mac);
    }

    private void add(Moment at, DhcpPacket packet, BootClient client, Whose whose, Endpoint from, Endpoint to) {
        boolean asks = whose == Whose.CLIENT;
        Optional<IpAddress> address = asks
                ? packet.options().address(OptionCode.REQUESTED_ADDRESS).or(() -> real(packet.ciaddr()))
                : real(packet.yiaddr());
        String option = packet.options().text(OptionCode.BOOT_FILE);
        DhcpGift gift = new DhcpGift(
                packet.options().address(OptionCode.SERVER_ID),
                address,
                asks ? Optional.empty() : real(packet.siaddr()),
                asks ? "" : option.isEmpty() ? packet.file() : option,
                !asks && packet.options().has(OptionCode.VENDOR_CLASS));
        trace.add(new BootEvent.Dhcp(
                at.clockNanos(),
                new Who(Optional.of(packet.mac()), real(packet.ciaddr()), client.uuid()),
                DhcpKind.of(packet.type().map(DhcpType::code).orElse(0)),
                whose,
                from,
                to,
                packet.xid(),
                packet.secs(),
                client.stage(),
                client.arch(),
                asks ? client.vendorClass() : "",
                gift));
    }

    private static Optional<IpAddress> real(IpAddress address) {
        return address.isAny() ? Optional.empty() : Optional.of(address);
    }
}
