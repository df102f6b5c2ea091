package org.ekicho.netboot.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.ekicho.netboot.client.BootStage;
import org.ekicho.netboot.client.ClientArch;
import org.ekicho.netboot.policy.BootReason;
import org.ekicho.netboot.policy.BootStep;
import org.ekicho.netboot.policy.OfferForm;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;

/// A boot, told: each call is something that the machine, we, or somebody else does, one after another.
public final class Story {
    public static final MacAddress MAC = MacAddress.literal("52:54:00:12:34:56");
    public static final IpAddress ADDRESS = IpAddress.literal("192.168.55.20");
    public static final IpAddress US = IpAddress.literal("192.168.55.1");
    public static final IpAddress OTHER = IpAddress.literal("192.168.55.2");

    private static final IpAddress ALL = IpAddress.literal("255.255.255.255");
    private static final long SECOND = 1_000_000_000L;

    public final List<BootEvent> events = new ArrayList<>();
    private long at = 100 * SECOND;
    private int xid = 0x1000;
    private BootStage stage = BootStage.PXE_ROM;
    private ClientArch arch = ClientArch.EFI_X64;
    private int port = 2000;
    private int secs;

    /// Time goes by.
    public Story after(double seconds) {
        at += (long) (seconds * SECOND);
        return this;
    }

    public Story as(BootStage other, ClientArch machine) {
        stage = other;
        arch = machine;
        return this;
    }

    /// The next DISCOVER belongs to another try of the same power-on.
    public Story nextTry(BootStage other) {
        xid++;
        stage = other;
        return this;
    }

    /// The machine is switched off and on.
    public Story powerOn() {
        xid = xid * 31 + 0x5000;
        stage = BootStage.PXE_ROM;
        return after(30);
    }

    public Story discover() {
        return dhcp(DhcpKind.DISCOVER, Whose.CLIENT, ALL, DhcpGift.NONE);
    }

    /// What the next messages say of how long it has been asking.
    public Story secs(int seconds) {
        secs = seconds;
        return this;
    }

    /// Our offer beside a DHCP server that is not ours: no address, a boot file.
    public Story bootOffer() {
        return dhcp(
                DhcpKind.OFFER,
                Whose.OURS,
                US,
                new DhcpGift(Optional.of(US), Optional.empty(), Optional.of(US), "ipxe/snponly.efi", true));
    }

    public Story offer(Whose whose, String file) {
        IpAddress server = whose == Whose.OURS ? US : OTHER;
        return dhcp(DhcpKind.OFFER, whose, server, gift(server, server, file));
    }

    public Story request(IpAddress chosen) {
        return dhcp(
                DhcpKind.REQUEST,
                Whose.CLIENT,
                ALL,
                new DhcpGift(Optional.of(chosen), Optional.of(ADDRESS), Optional.empty(), "", false));
    }

    public Story ack(Whose whose, String file) {
        IpAddress server = whose == Whose.OURS ? US : OTHER;
        return dhcp(DhcpKind.ACK, whose, server, gift(server, server, file));
    }

    public Story nak() {
        return dhcp(DhcpKind.NAK, Whose.OTHER, OTHER, DhcpGift.NONE);
    }

    /// DISCOVER to ACK, with us.
    public Story address(String file) {
        return discover()
                .after(0.01)
                .offer(Whose.OURS, file)
                .after(4)
                .request(US)
                .after(0.01)
                .ack(Whose.OURS, file)
                .after(0.1);
    }

    /// The same with a next-server that another DHCP server names.
    public Story addressWithNext(IpAddress next, String file) {
        discover().after(0.01);
        dhcp(DhcpKind.OFFER, Whose.OTHER, OTHER, gift(OTHER, next, file))
                .after(4)
                .request(OTHER)
                .after(0.01);
        return dhcp(DhcpKind.ACK, Whose.OTHER, OTHER, gift(OTHER, next, file)).after(0.1);
    }

    public Story bootServerAsk() {
        return at4011(DhcpKind.REQUEST, Whose.CLIENT);
    }

    public Story bootServerAnswer() {
        return at4011(DhcpKind.ACK, Whose.OURS);
    }

    private Story at4011(DhcpKind kind, Whose whose) {
        Endpoint client = new Endpoint(ADDRESS, 4011);
        Endpoint server = new Endpoint(US, 4011);
        boolean asks = whose == Whose.CLIENT;
        events.add(new BootEvent.Dhcp(
                at,
                Who.of(MAC),
                kind,
                whose,
                asks ? client : server,
                asks ? server : client,
                xid,
                0,
                stage,
                Optional.of(arch),
                "",
                asks ? DhcpGift.NONE : gift(US, US, "ipxe/snponly.efi")));
        return this;
    }

    private static DhcpGift gift(IpAddress server, IpAddress next, String file) {
        return new DhcpGift(Optional.of(server), Optional.of(ADDRESS), Optional.of(next), file, false);
    }

    private Story dhcp(DhcpKind kind, Whose whose, IpAddress other, DhcpGift gift) {
        boolean asks = whose == Whose.CLIENT;
        Endpoint from = asks ? new Endpoint(IpAddress.ANY_V4, 68) : new Endpoint(other, 67);
        events.add(new BootEvent.Dhcp(
                at,
                Who.of(MAC),
                kind,
                whose,
                from,
                new Endpoint(ALL, asks ? 67 : 68),
                xid,
                asks ? secs : 0,
                stage,
                asks ? Optional.of(arch) : Optional.empty(),
                asks ? "PXEClient" : "",
                gift));
        return this;
    }

    public Story arp(IpAddress wanted, int times) {
        for (int i = 0; i < times; i++) {
            events.add(new BootEvent.ArpAsk(at, Who.of(MAC, ADDRESS), wanted, 1, at));
            after(1.3);
        }
        return this;
    }

    public Story arpAnswered(IpAddress wanted) {
        events.add(new BootEvent.ArpAnswer(at, Who.of(MAC, ADDRESS), wanted));
        return this;
    }

    /// A request by TFTP from a new port.
    public Story rrq(String file) {
        port++;
        return again(file);
    }

    /// The same request, repeated.
    public Story again(String file) {
        events.add(new BootEvent.TftpRequest(at, Who.at(ADDRESS), client(), file, 1468, 4, true));
        return this;
    }

    public Story options(int block) {
        events.add(new BootEvent.TftpOptions(at, Who.at(ADDRESS), client(), block, 4, OptionalLong.of(173_792)));
        return this;
    }

    public Story end(String file, TftpOutcome outcome, TftpCount count, int error) {
        return end(file, outcome, count, error, Optional.empty(), Optional.empty());
    }

    public Story end(
            String file,
            TftpOutcome outcome,
            TftpCount count,
            int error,
            Optional<String> nearest,
            Optional<BootProgram> program) {
        events.add(new BootEvent.TftpEnd(
                at,
                Who.at(ADDRESS),
                client(),
                file,
                outcome,
                count,
                Math.max(0, count.acked()) * 1468,
                error,
                "said so",
                nearest,
                program));
        return this;
    }

    private Endpoint client() {
        return new Endpoint(ADDRESS, port);
    }

    /// A program that comes whole, after its size was asked.
    public Story tftp(String file) {
        return tftp(file, Optional.empty());
    }

    public Story tftp(String file, Optional<BootProgram> program) {
        rrq(file)
                .options(1468)
                .end(file, TftpOutcome.CLIENT_ABORTED, new TftpCount(0, -1, 0, 0), 8)
                .after(0.01);
        return rrq(file)
                .options(1468)
                .after(0.2)
                .end(file, TftpOutcome.COMPLETE, new TftpCount(119, 119, 0, 0), -1, Optional.empty(), program)
                .after(0.001);
    }

    public Story http(String agent, String path, int status, long bytes) {
        events.add(new BootEvent.Http(
                at, Who.at(ADDRESS), "GET", path, status, bytes, SECOND / 10, agent, "", Optional.empty()));
        return after(0.2);
    }

    public Story report(String phase) {
        events.add(new BootEvent.Report(at, Who.of(MAC), phase, "text of " + phase));
        return after(1);
    }

    public Story told(String name, String value) {
        events.add(new BootEvent.Told(at, Who.of(MAC), name, value));
        return this;
    }

    public Story order(OrderChange change) {
        events.add(new BootEvent.Order(at, Who.of(MAC), change, "el9", "anna"));
        return this;
    }

    public Story decide(BootStep step) {
        events.add(new BootEvent.Decided(at, Who.of(MAC), "dhcp", step));
        return this;
    }

    public Story onePort() {
        return decide(new BootStep.ByTftp("ipxe/snponly.efi", OfferForm.ASK_4011, 1468, 4, true, BootReason.ORDERED));
    }

    /// Firmware to iPXE with an address.
    public Story toLoader() {
        address("ipxe/snponly.efi").tftp("ipxe/snponly.efi").after(2);
        return as(BootStage.IPXE, arch).address("http://192.168.55.1/boot/script.ipxe");
    }

    /// Firmware to a kernel with its initrd.
    public Story toKernel() {
        return toLoader().toKernelOnly();
    }

    /// What a loader fetches.
    public Story toKernelOnly() {
        return http("iPXE/1.21", "/boot/script.ipxe", 200, 900)
                .http("iPXE/1.21", "/tree/el9/images/pxeboot/vmlinuz", 200, 12_000_000)
                .http("iPXE/1.21", "/tree/el9/images/pxeboot/initrd.img", 200, 100L << 20);
    }

    /// All the way to packages.
    public Story toPackages() {
        toKernel()
                .after(20)
                .as(BootStage.INSTALLER, arch)
                .discover()
                .offer(Whose.OURS, "")
                .request(US)
                .ack(Whose.OURS, "")
                .after(1);
        http("Anaconda", "/tree/el9/.treeinfo", 200, 2000);
        http("Anaconda", "/tree/el9/images/install.img", 200, 800L << 20);
        http("Anaconda", "/tree/el9/images/updates.img", 404, 0);
        http("Anaconda", "/answer/0123/ks.cfg", 200, 3000);
        for (int i = 0; i < 400; i++) http("libdnf", "/tree/el9/Packages/p" + i + ".rpm", 200, 1_000_000);
        return this;
    }

    public long now() {
        return at;
    }

    public MachineTrace trace() {
        TraceBook book = new TraceBook();
        events.forEach(book::add);
        return book.machine(MAC).orElseThrow();
    }

    /// The verdict over the newest attempt, now.
    public Diagnosis verdict() {
        MachineTrace trace = trace();
        return trace.diagnose(trace.latest().orElseThrow(), at);
    }
}
