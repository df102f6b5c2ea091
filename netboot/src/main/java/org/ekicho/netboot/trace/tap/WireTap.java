package org.ekicho.netboot.trace.tap;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.ekicho.netboot.client.BootStage;
import org.ekicho.netboot.trace.BootEvent;
import org.ekicho.netboot.trace.DhcpKind;
import org.ekicho.netboot.trace.Who;
import org.ekicho.netboot.trace.Whose;
import org.ekicho.wire.BigEndian;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;

/// Turns Ethernet frames into boot events: what a capture shows, or a packet socket. Follows transfers and requests, so
/// it is one for one wire and not for several threads.
public final class WireTap implements CaptureReader.Sink {
    /// Machines whose stage is remembered for the replies that go to them.
    private static final int MAX_STAGES = 4096;

    private static final int IPV4 = 0x0800;
    private static final int ARP = 0x0806;
    private static final int VLAN = 0x8100;
    private static final int PROVIDER_VLAN = 0x88a8;

    private final Set<IpAddress> own;
    private final Consumer<BootEvent> events;
    private final TapTftp tftp = new TapTftp();
    private final TapHttp http = new TapHttp();
    private final Map<MacAddress, BootStage> stages = new LinkedHashMap<>();

    /// @param own    addresses of our server, to tell its answers from others'
    /// @param events what is seen is handed to this
    public WireTap(Set<IpAddress> own, Consumer<BootEvent> events) {
        this.own = Set.copyOf(own);
        this.events = events;
    }

    @Override
    public void frame(long atNanos, byte[] frame) {
        int type = 12;
        while (type + 2 <= frame.length) {
            int what = BigEndian.u16(frame, type);
            if (what != VLAN && what != PROVIDER_VLAN) break;
            type += 4;
        }
        if (type + 2 > frame.length) return;
        switch (BigEndian.u16(frame, type)) {
            case IPV4 -> IpPacket.read(frame, type + 2).ifPresent(packet -> packet(atNanos, packet));
            case ARP -> arp(atNanos, frame, type + 2);
            default -> {}
        }
    }

    /// The capture has ended.
    public void finish() {
        tftp.finish().forEach(events);
        http.finish().forEach(events);
    }

    private void packet(long at, IpPacket packet) {
        if (packet.protocol() == IpPacket.TCP) {
            http.packet(at, packet).forEach(events);
            return;
        }
        if (isDhcp(packet.from().port()) && isDhcp(packet.to().port())) {
            TapDhcp.read(packet.bytes(), packet.payload(), packet.end()).ifPresent(dhcp -> dhcp(at, packet, dhcp));
            return;
        }
        tftp.packet(at, packet).forEach(events);
    }

    private static boolean isDhcp(int port) {
        return port == 67 || port == 68 || port == BootEvent.Dhcp.BOOT_SERVER_PORT;
    }

    private void dhcp(long at, IpPacket packet, TapDhcp dhcp) {
        if (dhcp.request()) {
            stages.put(dhcp.mac(), dhcp.stage());
            if (stages.size() > MAX_STAGES)
                stages.remove(stages.keySet().iterator().next());
            if (dhcp.kind() == DhcpKind.DISCOVER) tftp.over(dhcp.mac()).forEach(events);
        }
        boolean ours = own.contains(packet.from().address())
                || dhcp.gift().server().filter(own::contains).isPresent();
        Whose whose = dhcp.request() ? Whose.CLIENT : ours ? Whose.OURS : Whose.OTHER;
        BootStage stage = dhcp.request() ? dhcp.stage() : stages.getOrDefault(dhcp.mac(), BootStage.SYSTEM);
        Optional<IpAddress> address =
                dhcp.kind() == DhcpKind.ACK && dhcp.clientAddress().isEmpty()
                        ? dhcp.gift().address()
                        : dhcp.clientAddress();
        events.accept(new BootEvent.Dhcp(
                at,
                new Who(Optional.of(dhcp.mac()), address, dhcp.uuid()),
                dhcp.kind(),
                whose,
                packet.from(),
                packet.to(),
                dhcp.xid(),
                dhcp.secs(),
                stage,
                dhcp.arch(),
                dhcp.vendorClass(),
                dhcp.gift()));
    }

    /// IPv4 over Ethernet (RFC 826): who asks for whom, and who is answered.
    private void arp(long at, byte[] frame, int from) {
        if (from + 28 > frame.length
                || BigEndian.u16(frame, from) != 1
                || BigEndian.u16(frame, from + 2) != IPV4
                || BigEndian.u16(frame, from + 4) != (MacAddress.LENGTH << 8 | 4)) return;
        IpAddress sender = IpAddress.ofV4(BigEndian.i32(frame, from + 14));
        IpAddress target = IpAddress.ofV4(BigEndian.i32(frame, from + 24));
        switch (BigEndian.u16(frame, from + 6)) {
            case 1 -> {
                // Who asks for his own address only checks that nobody has it.
                if (sender.equals(target) || sender.isAny()) return;
                Who asker = Who.of(MacAddress.at(frame, from + 8), sender);
                events.accept(new BootEvent.ArpAsk(at, asker, target, 1, at));
            }
            case 2 -> {
                Who asker = Who.of(MacAddress.at(frame, from + 18), target);
                events.accept(new BootEvent.ArpAnswer(at, asker, sender));
            }
            default -> {}
        }
    }

    /// Reads a whole capture into a list, with the summary of how it went.
    ///
    /// @throws IOException when the stream cannot be read
    public static Tapped read(InputStream in, Set<IpAddress> own) throws IOException {
        List<BootEvent> all = new ArrayList<>();
        WireTap tap = new WireTap(own, all::add);
        CaptureReader.Summary summary = CaptureReader.read(in, tap);
        tap.finish();
        return new Tapped(all, summary);
    }

    /// What a capture shows.
    public record Tapped(List<BootEvent> events, CaptureReader.Summary summary) {
        public Tapped {
            events = List.copyOf(events);
        }
    }
}
