package org.ekicho.sim.boot;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.ekicho.netboot.client.ClientArch;
import org.ekicho.netboot.dhcp.DhcpCodec;
import org.ekicho.netboot.dhcp.DhcpOptions;
import org.ekicho.netboot.dhcp.DhcpPacket;
import org.ekicho.netboot.dhcp.DhcpReading;
import org.ekicho.netboot.dhcp.DhcpType;
import org.ekicho.netboot.dhcp.OptionCode;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;

/// A machine from power-on to its kernel, with the patience that real firmware has: DHCP, its loader by TFTP or HTTP,
/// DHCP again as iPXE, script, initrd, kernel.
final class Firmware {
    /// What firmware it has.
    enum Kind {
        /// As Intel's ROM: asks the size and stops, then blocks of 1456 bytes one at a time.
        BIOS(0, "PXEClient:Arch:00000:UNDI:002001", 1456, 1),
        /// As EDK2: asks the size and stops, then four blocks of 1468 bytes at a time.
        UEFI_PXE(7, "PXEClient:Arch:00007:UNDI:003000", 1468, 4),
        UEFI_HTTP(16, "HTTPClient:Arch:00016:UNDI:003000", 0, 0);

        private final int arch;
        final String vendorClass;
        final int block;
        final int window;

        /// @param arch        code of its architecture (RFC 4578 §2.1)
        /// @param block       bytes that it asks for
        Kind(int arch, String vendorClass, int block, int window) {
            this.arch = arch;
            this.vendorClass = vendorClass;
            this.block = block;
            this.window = window;
        }

        ClientArch arch() {
            return new ClientArch(arch);
        }
    }

    /// Bytes of Debian 12's installer.
    private static final long KERNEL = 8_200_000;

    private static final long INITRD = 38_600_000;
    private static final int SCRIPT = 700;
    private static final long SECOND = 1_000_000_000L;
    /// RFC 2131 §4.1 and PXE 2.1 §2.2.2: how long a DISCOVER or REQUEST is waited for.
    private static final long[] PATIENCE = {4 * SECOND, 8 * SECOND, 16 * SECOND, 32 * SECOND};

    private final Wire wire;
    private final BootServer server;
    private final MacAddress mac;
    private final Kind kind;
    private final RandomGenerator dice;
    private final DhcpOptions rom;
    private final DhcpOptions ipxe;

    private boolean asIpxe;
    private int xid;
    private DhcpType awaits = DhcpType.OFFER;
    private int tries;
    private IpAddress address = IpAddress.ANY_V4;
    private String file = "";
    private Optional<TftpFetch> fetch = Optional.empty();
    private int clientPort = 2069;
    private boolean booted;
    private String stuck = "";
    private long poweredOn;
    private long bootedAt;

    Firmware(Wire wire, BootServer server, MacAddress mac, Kind kind, RandomGenerator dice) {
        this.wire = wire;
        this.server = server;
        this.mac = mac;
        this.kind = kind;
        this.dice = dice;
        byte[] arch = {(byte) (kind.arch >> 8), (byte) kind.arch};
        rom = DhcpOptions.builder()
                .set(OptionCode.PARAMETER_LIST, (byte) 1, (byte) 3, (byte) 43, (byte) 60, (byte) 66, (byte) 67)
                .setText(OptionCode.VENDOR_CLASS, kind.vendorClass)
                .set(OptionCode.CLIENT_ARCH, arch)
                .build();
        ipxe = DhcpOptions.builder()
                .setAll(rom)
                .setText(OptionCode.VENDOR_CLASS, "PXEClient:Arch:00000:UNDI:002001")
                .setText(OptionCode.USER_CLASS, "iPXE")
                .set(OptionCode.IPXE, (byte) 0xb1, (byte) 1, (byte) 1)
                .build();
    }

    MacAddress mac() {
        return mac;
    }

    boolean booted() {
        return booted;
    }

    double bootSeconds() {
        return (bootedAt - poweredOn) / 1e9;
    }

    void powerOn() {
        poweredOn = wire.queue().now();
        booted = false;
        stuck = "";
        asIpxe = false;
        ask();
    }

    // ---- DHCP

    private void ask() {
        xid = dice.nextInt();
        awaits = DhcpType.OFFER;
        tries = 0;
        address = IpAddress.ANY_V4;
        discover();
    }

    private void discover() {
        say(DhcpType.DISCOVER, DhcpOptions.NONE);
        long wait = PATIENCE[Math.min(tries, PATIENCE.length - 1)];
        again(wait, DhcpType.OFFER, this::discover);
    }

    private void request(IpAddress offered) {
        awaits = DhcpType.ACK;
        tries = 0;
        requestOnce(offered);
    }

    private void requestOnce(IpAddress offered) {
        say(
                DhcpType.REQUEST,
                DhcpOptions.builder()
                        .setAddress(OptionCode.SERVER_ID, BootServer.US)
                        .setAddress(OptionCode.REQUESTED_ADDRESS, offered)
                        .build());
        again(PATIENCE[Math.min(tries, PATIENCE.length - 1)], DhcpType.ACK, () -> requestOnce(offered));
    }

    /// Says it again when nothing came; after four times it is stuck, as firmware is.
    private void again(long wait, DhcpType still, Runnable what) {
        int conversation = xid;
        int said = tries;
        wire.queue().at(wire.queue().now() + wait, () -> {
            if (xid != conversation || awaits != still || tries != said) return;
            tries++;
            if (tries < PATIENCE.length) {
                what.run();
            } else {
                stuck = "no " + still + (asIpxe ? " as iPXE" : "");
            }
        });
    }

    private void say(DhcpType type, DhcpOptions more) {
        DhcpOptions options = DhcpOptions.builder()
                .set8(OptionCode.MESSAGE_TYPE, type.code())
                .setAll(asIpxe ? ipxe : rom)
                .setAll(more)
                .build();
        IpAddress none = IpAddress.ANY_V4;
        DhcpPacket packet = new DhcpPacket(false, 0, xid, 0, true, none, none, none, none, mac, "", "", options);
        byte[] bytes = DhcpCodec.encode(packet, DhcpCodec.LARGEST_LIMIT);
        wire.up(() -> server.dhcp(bytes));
    }

    /// Hears what is broadcast.
    void dhcp(byte[] bytes) {
        if (!(DhcpCodec.decode(bytes, bytes.length) instanceof DhcpReading.Whole(DhcpPacket packet))) {
            throw new IllegalStateException("cannot be read");
        }
        if (packet.xid() != xid || !packet.mac().equals(mac) || !packet.type().equals(Optional.of(awaits))) return;
        if (awaits == DhcpType.OFFER) {
            request(packet.yiaddr());
            return;
        }
        xid = 0;
        address = packet.yiaddr();
        String option = packet.options().text(OptionCode.BOOT_FILE);
        file = option.isEmpty() ? packet.file() : option;
        load();
    }

    // ---- loading

    private void load() {
        if (asIpxe) {
            http(SCRIPT, this::script);
        } else if (kind == Kind.UEFI_HTTP) {
            if (!file.startsWith("http://")) {
                stuck = "no URL but " + file;
                return;
            }
            http(BootServer.size(BootServer.UEFI_LOADER), this::loaded);
        } else {
            size();
        }
    }

    /// Firmware asks how long the file is and stops the transfer once it knows.
    private void size() {
        fetch = Optional.of(
                new TftpFetch(wire, this::toServer, TftpFetch.Wants.SIZE, file, kind, this::body, why -> stuck = why));
        clientPort++;
        fetch.get().begin();
    }

    private void body() {
        fetch = Optional.of(
                new TftpFetch(wire, this::toServer, TftpFetch.Wants.ALL, file, kind, this::loaded, why -> stuck = why));
        clientPort++;
        fetch.get().begin();
    }

    private void toServer(int port, byte[] bytes) {
        Endpoint from = new Endpoint(address, clientPort);
        wire.up(() -> server.tftp(this, from, port, Arrays.copyOf(bytes, bytes.length)));
    }

    /// From one of the server's ports to one of ours.
    void tftp(int from, int to, byte[] bytes) {
        if (to == clientPort) fetch.ifPresent(one -> one.receive(from, bytes));
    }

    /// iPXE runs.
    private void loaded() {
        fetch = Optional.empty();
        asIpxe = true;
        ask();
    }

    private void script() {
        Optional<String> order = server.script(mac, kind.arch());
        if (order.isEmpty()) {
            stuck = "sent to its own disk";
            return;
        }
        http(
                INITRD,
                () -> http(KERNEL, () -> {
                    server.kernelFetched(order.get());
                    booted = true;
                    bootedAt = wire.queue().now();
                }));
    }

    private void http(long bytes, Runnable done) {
        new HttpFetch(wire, bytes, done).begin();
    }

    @Override
    public String toString() {
        return mac + " " + kind + (booted ? " booted" : " " + (stuck.isEmpty() ? "on its way" : stuck));
    }
}
