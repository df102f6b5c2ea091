package org.ekicho.sim.boot;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ekicho.netboot.client.BootClient;
import org.ekicho.netboot.client.BootStage;
import org.ekicho.netboot.client.ClientArch;
import org.ekicho.netboot.dhcp.Arrival;
import org.ekicho.netboot.dhcp.DhcpAction;
import org.ekicho.netboot.dhcp.DhcpCodec;
import org.ekicho.netboot.dhcp.DhcpOptions;
import org.ekicho.netboot.dhcp.DhcpPacket;
import org.ekicho.netboot.dhcp.DhcpReading;
import org.ekicho.netboot.dhcp.ReplyTo;
import org.ekicho.netboot.lease.AddressRange;
import org.ekicho.netboot.lease.ClientKey;
import org.ekicho.netboot.lease.DhcpServer;
import org.ekicho.netboot.lease.DhcpSettings;
import org.ekicho.netboot.lease.Subnet;
import org.ekicho.netboot.policy.BootDecision;
import org.ekicho.netboot.policy.BootOutcome;
import org.ekicho.netboot.policy.BootPolicy;
import org.ekicho.netboot.policy.BootRules;
import org.ekicho.netboot.policy.BootWay;
import org.ekicho.netboot.policy.InstallOrder;
import org.ekicho.netboot.policy.Machine;
import org.ekicho.netboot.policy.OfferForm;
import org.ekicho.netboot.policy.OrderBook;
import org.ekicho.netboot.policy.Profile;
import org.ekicho.netboot.policy.Unknown;
import org.ekicho.netboot.tftp.BootFile;
import org.ekicho.netboot.tftp.BootIndex;
import org.ekicho.netboot.tftp.TftpAction;
import org.ekicho.netboot.tftp.TftpCodec;
import org.ekicho.netboot.tftp.TftpServer;
import org.ekicho.netboot.tftp.TftpSettings;
import org.ekicho.netboot.tftp.TftpStep;
import org.ekicho.netboot.tftp.TftpTerms;
import org.ekicho.netboot.tftp.TftpTransfer;
import org.ekicho.wire.BigEndian;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;
import org.ekicho.wire.MacAddress;
import org.ekicho.wire.Moment;

/// The shells around the cores, in simulated time: DHCP with its disk, TFTP with its ports, HTTP with its transport.
final class BootServer {
    static final IpAddress US = IpAddress.literal("10.0.0.1");
    static final String BIOS_LOADER = "ipxe/undionly.kpxe";
    static final String UEFI_LOADER = "ipxe/snponly.efi";
    private static final int BIOS_BYTES = 71_000;
    /// A multiple of no block size.
    private static final int UEFI_BYTES = 262_144;

    private static final Instant START = Instant.ofEpochSecond(1_795_000_000L);
    private static final long MILLI = 1_000_000L;
    /// A write that is on the disk.
    private static final long SYNC = 5 * MILLI;
    /// How long an address is asked for before it is given.
    private static final long PROBE = 500 * MILLI;
    /// The smallest step of timers.
    private static final long TICK = MILLI;

    private final Wire wire;
    private final DhcpServer dhcp;
    private final TftpServer tftp;
    private final BootPolicy policy;
    private final Map<Integer, TftpTransfer> ports = new HashMap<>();
    private OrderBook orders = OrderBook.EMPTY;
    private int nextPort = 30_000;
    private int mostTransfers;

    BootServer(Wire wire, List<MacAddress> machines) {
        this.wire = wire;
        List<Machine> known = new ArrayList<>();
        for (MacAddress mac : machines) {
            known.add(new Machine(
                    "m" + known.size(), Set.of(mac), Optional.empty(), Optional.empty(), Set.of(), Optional.of("web")));
        }
        Map<String, Profile> profiles = Map.of("web", new Profile("web", "debian", Optional.empty(), List.of()));
        policy = new BootPolicy(
                new BootRules(known, profiles, Unknown.LOCAL_DISK),
                (arch, index) -> index > 0
                        ? Optional.empty()
                        : Optional.of(arch.equals(ClientArch.BIOS) ? BIOS_LOADER : UEFI_LOADER));
        dhcp = new DhcpServer(settings(), (client, _, _) -> decide(client).step(), List.of(), now());
        BootIndex index = new BootIndex(List.of(
                new BootFile(BIOS_LOADER, size(BIOS_LOADER), BIOS_LOADER),
                new BootFile(UEFI_LOADER, size(UEFI_LOADER), UEFI_LOADER)));
        tftp = new TftpServer(TftpSettings.USUAL, _ -> TftpTerms.GENEROUS, index);
    }

    static int size(String loader) {
        return loader.equals(BIOS_LOADER) ? BIOS_BYTES : UEFI_BYTES;
    }

    private static DhcpSettings settings() {
        Subnet subnet = new Subnet(
                IpPrefix.parse("10.0.0.0/16").orElseThrow(),
                List.of(new AddressRange(IpAddress.literal("10.0.1.0"), IpAddress.literal("10.0.4.255"))),
                3600,
                86_400,
                DhcpOptions.NONE);
        return new DhcpSettings(
                List.of(subnet),
                List.of(),
                DhcpOptions.NONE,
                ClientKey.Identity.MAC,
                DhcpSettings.Checking.PROBE,
                DhcpSettings.Authority.REFUSE,
                DhcpSettings.Clock.US,
                80);
    }

    /// Has every one of these installed at its next boot.
    void arm(List<MacAddress> machines) {
        for (MacAddress mac : machines) {
            Instant now = instant();
            orders = orders.arm(new InstallOrder(
                    Integer.toHexString(orders.orders().size()),
                    mac,
                    "web",
                    "sim",
                    now,
                    now.plus(Duration.ofHours(2)),
                    InstallOrder.State.ARMED,
                    Optional.empty()));
        }
    }

    long started() {
        return orders.orders().stream()
                .filter(order -> order.state() == InstallOrder.State.STARTED)
                .count();
    }

    int leases() {
        return dhcp.leases().size();
    }

    int transfers() {
        return tftp.transfers().size();
    }

    int mostTransfers() {
        return mostTransfers;
    }

    private Instant instant() {
        return START.plusNanos(wire.queue().now());
    }

    private Moment now() {
        long nanos = wire.queue().now();
        return new Moment(START.getEpochSecond() * 1_000_000_000L + nanos, nanos);
    }

    private BootDecision decide(BootClient client) {
        return policy.next(client, orders, instant(), BootWay.first(OfferForm.IN_OFFER));
    }

    // ---- DHCP

    /// A packet to port 67.
    void dhcp(byte[] bytes) {
        if (!(DhcpCodec.decode(bytes, bytes.length) instanceof DhcpReading.Whole(DhcpPacket packet))) {
            throw new IllegalStateException("cannot read what a machine said");
        }
        Arrival arrival = new Arrival(2, US, new Endpoint(packet.ciaddr(), DhcpPacket.CLIENT_PORT), 67);
        carryOut(dhcp.answer(packet, arrival, now()));
    }

    private void carryOut(DhcpAction action) {
        switch (action) {
            case DhcpAction.Drop _ -> {
                // Silence is the answer.
            }
            case DhcpAction.Probe(IpAddress address, MacAddress _) ->
                wire.queue().at(wire.queue().now() + PROBE, () -> carryOut(dhcp.probed(address, false, now())));
            case DhcpAction.Reply reply -> {
                if (!reply.to().equals(ReplyTo.EVERYONE)) throw new IllegalStateException("to " + reply.to());
                long wait = reply.promise() == DhcpAction.Promise.NEW ? SYNC : 0;
                wire.queue().at(wire.queue().now() + wait, () -> {
                    dhcp.saved();
                    wire.broadcast(reply.encode());
                });
            }
        }
    }

    // ---- TFTP

    /// A packet from a machine's port to one of ours.
    void tftp(Firmware machine, Endpoint from, int ourPort, byte[] bytes) {
        Datagram packet =
                new Datagram().payload(bytes).peer(from.address(), from.port()).local(US, 2);
        TftpTransfer transfer = ports.get(ourPort);
        if (ourPort != 69) {
            // A port that is closed stays silent here: the last word got lost, and the machine gives up or asks anew.
            if (transfer != null)
                carryOut(machine, ourPort, transfer, tftp.deliver(transfer, packet, now().monotonicNanos()));
            return;
        }
        switch (tftp.answer(packet, now())) {
            case TftpAction.Start(TftpTransfer started, Optional<TftpTransfer> replaced) -> {
                replaced.ifPresent(ports.values()::remove);
                int port = nextPort++;
                ports.put(port, started);
                mostTransfers = Math.max(mostTransfers, ports.size());
                carryOut(machine, port, started, started.begin(now().monotonicNanos()));
                watch(machine, port, started);
            }
            case TftpAction.Refuse refuse ->
                throw new IllegalStateException(refuse.report().line());
            case TftpAction.Continue _, TftpAction.Ignore _ -> {
                // Its answer is under way.
            }
        }
    }

    private void watch(Firmware machine, int port, TftpTransfer transfer) {
        if (transfer.isEnded()) return;
        long at = Math.max(transfer.deadline(), wire.queue().now() + TICK);
        wire.queue().at(at, () -> {
            if (!transfer.isEnded()) {
                carryOut(machine, port, transfer, transfer.advance(now().monotonicNanos()));
            }
            watch(machine, port, transfer);
        });
    }

    private void carryOut(Firmware machine, int port, TftpTransfer transfer, TftpStep step) {
        switch (step) {
            case TftpStep.Blocks(long first, int count) -> {
                for (long block = first; block < first + count; block++) {
                    send(machine, port, transfer, data(transfer, block));
                }
            }
            case TftpStep.Packet(var packet) -> send(machine, port, transfer, TftpCodec.encode(packet));
            case TftpStep.End end -> {
                end.lastWord().ifPresent(word -> send(machine, port, transfer, TftpCodec.encode(word)));
                tftp.forget(transfer);
                ports.remove(port);
            }
            case TftpStep.Wait _ -> {
                // Until something comes or its time is there.
            }
            case TftpStep.Stray stray -> throw new IllegalStateException("a stranger: " + stray);
        }
    }

    private void send(Firmware machine, int port, TftpTransfer transfer, byte[] bytes) {
        int to = transfer.client().port();
        wire.down(bytes.length, Uplink.Band.BULK, () -> machine.tftp(port, to, bytes));
    }

    private static byte[] data(TftpTransfer transfer, long block) {
        byte[] bytes = new byte[TftpCodec.DATA_HEADER + transfer.length(block)];
        BigEndian.put16(bytes, 0, TftpCodec.DATA);
        BigEndian.put16(bytes, 2, transfer.number(block));
        for (int i = TftpCodec.DATA_HEADER; i < bytes.length; i++) {
            bytes[i] = content(transfer.offset(block) + i - TftpCodec.DATA_HEADER);
        }
        return bytes;
    }

    /// The byte at this place of any file.
    static byte content(long offset) {
        return (byte) ((offset * 31) >> 3);
    }

    // ---- HTTP

    /// The order's kernel as the script of this machine would name it; empty when it is sent to its own disk.
    Optional<String> script(MacAddress mac, ClientArch arch) {
        BootClient client =
                new BootClient(mac, BootStage.IPXE, Optional.of(arch), Optional.empty(), "", Optional.empty());
        return decide(client).outcome() instanceof BootOutcome.Install install
                ? Optional.of(install.order().id())
                : Optional.empty();
    }

    void kernelFetched(String order) {
        orders = orders.move(order, InstallOrder.State.STARTED);
    }
}
