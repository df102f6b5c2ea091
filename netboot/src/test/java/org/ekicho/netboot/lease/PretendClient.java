package org.ekicho.netboot.lease;

import org.ekicho.netboot.dhcp.Arrival;
import org.ekicho.netboot.dhcp.DhcpAction;
import org.ekicho.netboot.dhcp.DhcpOptions;
import org.ekicho.netboot.dhcp.DhcpPacket;
import org.ekicho.netboot.dhcp.DhcpType;
import org.ekicho.netboot.dhcp.OptionCode;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;
import org.ekicho.wire.Moment;

/// A machine of a test that speaks DHCP with a server in memory.
final class PretendClient {
    static final IpAddress US = IpAddress.literal("10.77.0.1");
    static final long START = 1_795_000_000_000_000_000L;
    private static final IpAddress NONE = IpAddress.ANY_V4;

    private final DhcpServer server;
    private final MacAddress mac;
    private final DhcpOptions always;
    private final IpAddress giaddr;
    private double seconds;

    PretendClient(DhcpServer server, String mac) {
        this(server, mac, DhcpOptions.NONE, NONE);
    }

    PretendClient(DhcpServer server, String mac, DhcpOptions always, IpAddress giaddr) {
        this.server = server;
        this.mac = MacAddress.literal(mac);
        this.always = always;
        this.giaddr = giaddr;
    }

    /// The moment `seconds` after the start of the test.
    static Moment at(double seconds) {
        long nanos = (long) (seconds * 1e9);
        return new Moment(START + nanos, nanos);
    }

    PretendClient later(double more) {
        seconds += more;
        return this;
    }

    DhcpAction discover() {
        return send(DhcpType.DISCOVER, NONE, DhcpOptions.NONE);
    }

    DhcpAction discover(String wanted) {
        return send(
                DhcpType.DISCOVER,
                NONE,
                DhcpOptions.builder()
                        .setAddress(OptionCode.REQUESTED_ADDRESS, ip(wanted))
                        .build());
    }

    DhcpAction select(IpAddress address, String serverId) {
        return send(
                DhcpType.REQUEST,
                NONE,
                DhcpOptions.builder()
                        .setAddress(OptionCode.SERVER_ID, ip(serverId))
                        .setAddress(OptionCode.REQUESTED_ADDRESS, address)
                        .build());
    }

    /// After a restart of its own: INIT-REBOOT.
    DhcpAction reboot(IpAddress address) {
        return send(
                DhcpType.REQUEST,
                NONE,
                DhcpOptions.builder()
                        .setAddress(OptionCode.REQUESTED_ADDRESS, address)
                        .build());
    }

    DhcpAction renew(IpAddress address) {
        return send(DhcpType.REQUEST, address, DhcpOptions.NONE);
    }

    DhcpAction decline(IpAddress address) {
        return send(
                DhcpType.DECLINE,
                NONE,
                DhcpOptions.builder()
                        .setAddress(OptionCode.REQUESTED_ADDRESS, address)
                        .build());
    }

    DhcpAction release(IpAddress address) {
        return send(DhcpType.RELEASE, address, DhcpOptions.NONE);
    }

    DhcpAction inform(IpAddress address) {
        return send(DhcpType.INFORM, address, DhcpOptions.NONE);
    }

    /// All four packets; the address that it has then.
    IpAddress boot() {
        DhcpAction action = discover();
        while (action instanceof DhcpAction.Probe(IpAddress address, MacAddress _)) {
            action = server.probed(address, false, at(seconds));
        }
        IpAddress offered = reply(action).packet().yiaddr();
        DhcpPacket ack = reply(select(offered, US.toString())).packet();
        if (!ack.type().orElseThrow().equals(DhcpType.ACK)) throw new AssertionError("no ACK: " + ack);
        return ack.yiaddr();
    }

    DhcpAction send(DhcpType type, IpAddress ciaddr, DhcpOptions more) {
        DhcpOptions options = DhcpOptions.builder()
                .set8(OptionCode.MESSAGE_TYPE, type.code())
                .setAll(always)
                .setAll(more)
                .build();
        DhcpPacket packet = new DhcpPacket(false, 0, 77, 0, false, ciaddr, NONE, NONE, giaddr, mac, "", "", options);
        Arrival arrival = new Arrival(2, US, new Endpoint(ciaddr, 68), 67);
        return server.answer(packet, arrival, at(seconds));
    }

    static DhcpAction.Reply reply(DhcpAction action) {
        if (action instanceof DhcpAction.Reply reply) return reply;
        throw new AssertionError("no reply: " + action);
    }

    static IpAddress ip(String text) {
        return IpAddress.literal(text);
    }
}
