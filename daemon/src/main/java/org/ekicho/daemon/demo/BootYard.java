package org.ekicho.daemon.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.ekicho.daemon.boot.BootFolder;
import org.ekicho.daemon.boot.BootPorts;
import org.ekicho.daemon.boot.BootService;
import org.ekicho.daemon.boot.OrderDesk;
import org.ekicho.daemon.supervision.Supervisor;
import org.ekicho.netboot.policy.BootRules;
import org.ekicho.netboot.policy.InstallOrder;
import org.ekicho.netboot.policy.Machine;
import org.ekicho.netboot.policy.Profile;
import org.ekicho.netboot.policy.Unknown;
import org.ekicho.netboot.settings.BootSettings;
import org.ekicho.netboot.settings.DhcpMode;
import org.ekicho.netboot.trace.TraceView;
import org.ekicho.site.MirrorFiles;
import org.ekicho.site.SiteSettings;
import org.ekicho.site.TimeFiles;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;

/// Network installation of the demo: the real service on the loopback, at ports that take no root, with a tree and a
/// loader that are nothing but bytes.
public final class BootYard implements AutoCloseable {
    /// The machine that is to be installed.
    public static final MacAddress ENGINE = MacAddress.literal("52:54:00:77:00:01");

    private static final String TREE = "debian-12";
    private static final int LOADER = 180_000;
    private static final int KERNEL = 2_000_000;
    private static final int INITRD = 6_000_000;
    /// `MZ`, and where the PE header of a program for x64 begins.
    private static final int PE_AT = 0x80;

    private final Path root;
    private final Supervisor supervisor = new Supervisor();
    private final BootService service;
    private final OrderDesk orders;
    private int armed;

    /// @param root its folder, which need not be there yet
    public BootYard(Path root) throws IOException {
        this.root = root;
        Path files = Files.createDirectories(root.resolve("trees/" + TREE + "/files/debian-installer/amd64"));
        Random random = new Random(7);
        Files.write(files.resolve("linux"), bytes(random, KERNEL));
        Files.write(files.resolve("initrd.gz"), bytes(random, INITRD));
        Files.write(Files.createDirectories(root.resolve("loaders")).resolve("snponly.efi"), loader(random));
        BootSettings boot = settings(root);
        service = new BootService(supervisor, InstantSource.system(), BootPorts.FREE);
        service.apply(new SiteSettings(
                "demo",
                root.toString(),
                root.resolve("control.sock").toString(),
                Optional.empty(),
                TimeFiles.NONE,
                Optional.empty(),
                MirrorFiles.NONE,
                Optional.of(boot)));
        orders = new OrderDesk(BootFolder.of(boot).open());
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /// Random bytes behind the head of a program for x64 UEFI.
    private static byte[] loader(Random random) {
        byte[] bytes = bytes(random, LOADER);
        bytes[0] = 'M';
        bytes[1] = 'Z';
        put(bytes, 0x3c, PE_AT, 4);
        put(bytes, PE_AT, 0x4550, 4);
        put(bytes, PE_AT + 4, 0x8664, 2);
        return bytes;
    }

    private static void put(byte[] bytes, int at, int value, int count) {
        for (int i = 0; i < count; i++) bytes[at + i] = (byte) (value >>> (8 * i));
    }

    private static BootSettings settings(Path root) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        return new BootSettings(
                root.toString(),
                Optional.empty(),
                Set.of("lo"),
                DhcpMode.PROXY,
                new BootSettings.HttpDoor(IpAddress.LOOPBACK_V4, port),
                Optional.empty(),
                false,
                true,
                new BootRules(
                        List.of(new Machine(
                                "engine",
                                Set.of(ENGINE),
                                Optional.empty(),
                                Optional.empty(),
                                Set.of(),
                                Optional.of("web"))),
                        Map.of("web", new Profile("web", TREE, Optional.empty(), List.of("console=ttyS0"))),
                        Unknown.LOCAL_DISK),
                List.of(),
                Map.of());
    }

    /// Has the engine installed at its next boot.
    public void arm() throws IOException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String id = "demo" + armed++;
        orders.change(book -> book.arm(new InstallOrder(
                id,
                ENGINE,
                "web",
                "you",
                now,
                now.plus(InstallOrder.DEFAULT_LIFE),
                InstallOrder.State.ARMED,
                Optional.empty())));
    }

    /// What became of the newest order.
    public InstallOrder.State order() throws IOException {
        return orders.orders().of(ENGINE).orElseThrow().state();
    }

    /// Where boot files are served, without a slash at the end.
    public String address() {
        return service.listening().orElseThrow();
    }

    /// Where firmware asks.
    ///
    /// @param dhcp       of DHCP, elsewhere 67
    /// @param bootServer of the boot service, elsewhere 4011
    /// @param tftp       elsewhere 69
    public record Doors(int dhcp, int bootServer, int tftp) {}

    public Doors doors() {
        BootService.Doors doors = service.doors();
        return new Doors(doors.dhcp().get(0), doors.dhcp().get(1), doors.tftp().getFirst());
    }

    /// The engine's attempts, the oldest first.
    public List<TraceView> trace() {
        return service.trace(Optional.of(ENGINE));
    }

    public Path root() {
        return root;
    }

    @Override
    public void close() {
        service.close();
        supervisor.close();
    }
}
