package org.ekicho.lab.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.ekicho.lab.lan.Daemon;
import org.ekicho.lab.lan.Lan;
import org.ekicho.lab.lan.Machine;
import org.ekicho.lab.peer.Ekicho;
import org.ekicho.lab.peer.PeerTest;
import org.ekicho.lab.peer.Programs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Real firmware on a net of its own, from power-on to the Debian installer, served by Ekicho; and the trace that tells
/// each stage of it. `-Dlab.boot=all` runs every firmware both with our DHCP server and beside another one.
@PeerTest(programs = {"qemu-system-x86_64"})
@Execution(ExecutionMode.SAME_THREAD)
@ResourceLock("an emulated machine")
final class NetworkBootTest {
    private static final String MAC = "52:54:00:77:00:01";
    private static final Path TREE = Path.of("/usr/lib/debian-installer/images/12/amd64/text");
    private static final Path UEFI_CODE = Path.of("/usr/share/OVMF/OVMF_CODE_4M.fd");
    private static final Path UEFI_VARIABLES = Path.of("/usr/share/OVMF/OVMF_VARS_4M.fd");
    /// Fifty on a machine that does nothing else.
    private static final int MOST_SECONDS = 240;

    /// Which of the ways run: those that show most, or all of them.
    private static final boolean ALL = System.getProperty("lab.boot", "").equals("all");

    /// What boots, and who gives the addresses.
    enum Way {
        /// The card's ROM is iPXE.
        BIOS_WITH_OUR_DHCP(Dhcp.SERVER, Firmware.BIOS, "loader", Shown.ALWAYS),
        BIOS_BESIDE_ANOTHER_SERVER(Dhcp.PROXY, Firmware.BIOS, "loader", Shown.ON_REQUEST),
        UEFI_WITH_OUR_DHCP(Dhcp.SERVER, Firmware.UEFI, "TFTP ipxe/snponly.efi", Shown.ON_REQUEST),
        UEFI_BESIDE_ANOTHER_SERVER(Dhcp.PROXY, Firmware.UEFI, "TFTP ipxe/snponly.efi", Shown.ALWAYS),
        HTTP_BOOT_WITH_OUR_DHCP(Dhcp.SERVER, Firmware.HTTP, "GET /boot/loader/ipxe/snponly.efi: 200", Shown.ALWAYS),
        HTTP_BOOT_BESIDE_ANOTHER_SERVER(
                Dhcp.PROXY, Firmware.HTTP, "GET /boot/loader/ipxe/snponly.efi: 200", Shown.ON_REQUEST);

        private final Dhcp dhcp;
        private final Firmware firmware;
        private final String told;
        private final Shown shown;

        Way(Dhcp dhcp, Firmware firmware, String told, Shown shown) {
            this.dhcp = dhcp;
            this.firmware = firmware;
            this.told = told;
            this.shown = shown;
        }
    }

    enum Dhcp {
        SERVER("server"),
        PROXY("proxy");

        private final String word;

        Dhcp(String word) {
            this.word = word;
        }
    }

    enum Firmware {
        BIOS("x86 BIOS"),
        UEFI("x64 UEFI"),
        HTTP("x64 UEFI");

        private final String words;

        Firmware(String words) {
            this.words = words;
        }
    }

    enum Shown {
        ALWAYS,
        ON_REQUEST
    }

    static Stream<Way> ways() {
        return Arrays.stream(Way.values()).filter(way -> ALL || way.shown == Shown.ALWAYS);
    }

    @BeforeEach
    void need() {
        HostLoaders.need();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void firmware_gets_to_the_installer_and_the_trace_tells_how(Way way, TestInfo test) throws IOException {
        try (Lan lan = Lan.of(test)) {
            Machine server = lan.machine("server");
            net(server);
            site(server, way);
            Daemon daemon = server.start("ekicho", Programs.ekicho(), "serve");
            Ekicho.awaitReady(lan, daemon);
            if (way.dhcp == Dhcp.SERVER) {
                lan.await("nobody else answers", 60, () -> daemon.log().contains("giving addresses"), daemon::log);
            } else {
                foreign(server);
            }
            Daemon console = server.start("console", machine(server, way).toArray(new String[0]));
            lan.await(
                    "the installer runs",
                    MOST_SECONDS,
                    () -> console.log().contains("Starting system log daemon"),
                    () -> daemon.log()
                            + Ekicho.ask(server, "boot", "trace", MAC).out()
                            + tail(console.log()));
            String trace = Ekicho.show(server, "boot", "trace", MAC).out();
            assertThat(trace)
                    .contains(
                            MAC,
                            way.firmware.words,
                            way.told,
                            "GET /boot/script.ipxe: 200",
                            "/kernel: 200",
                            "It booted");
            assertThat(Ekicho.show(server, "boot", "orders").out()).contains("started");
            assertThat(Files.readString(server.folder().resolve("boot/audit.log")))
                    .contains("armed order", "the kernel of order");
        }
    }

    private static void net(Machine server) {
        server.must("ip", "link", "add", "br0", "type", "bridge");
        server.must("ip", "link", "set", "br0", "up");
        server.must("ip", "addr", "add", "10.77.0.1/24", "dev", "br0");
        server.must("ip", "tuntap", "add", "tap0", "mode", "tap");
        server.must("ip", "link", "set", "tap0", "master", "br0", "up");
    }

    private static void site(Machine server, Way way) {
        String site = """
                [site]
                name = "lab"
                state-directory = "state"

                [time]
                enabled = false

                [boot]
                folder = "boot"
                interfaces = ["br0"]
                dhcp = "%s"
                http-address = "10.77.0.1"

                [[boot.profile]]
                name = "web"
                tree = "debian-12"
                arguments = ["console=ttyS0,115200n8", "DEBIAN_FRONTEND=text", "priority=critical"]

                [[boot.machine]]
                name = "web1"
                macs = ["%s"]
                profile = "web"

                [[boot.subnet]]
                net = "10.77.0.0/24"
                ranges = ["10.77.0.100-10.77.0.150"]
                """.formatted(way.dhcp.word, MAC);
        server.file("ekicho.toml", site);
        server.must(Programs.ekicho(), "boot", "tree", "import", "debian-12", TREE.toString());
        server.must(Programs.ekicho(), "boot", "install", "web1");
    }

    /// Another DHCP server, which knows nothing of booting.
    private static void foreign(Machine server) {
        server.start(
                "dnsmasq",
                Programs.peer("dnsmasq"),
                "--keep-in-foreground",
                "--conf-file=/dev/null",
                "--user=root",
                "--interface=br0",
                "--bind-interfaces",
                "--dhcp-range=10.77.0.100,10.77.0.150",
                "--no-ping",
                "--port=0",
                "--leasefile-ro");
    }

    private static List<String> machine(Machine server, Way way) throws IOException {
        boolean uefi = way.firmware != Firmware.BIOS;
        List<String> words = new ArrayList<>(List.of("qemu-system-x86_64", "-accel", "tcg", "-cpu", "max"));
        words.addAll(List.of("-m", "1024", "-nodefaults", "-display", "none", "-vga", "none", "-serial", "stdio"));
        words.addAll(List.of("-M", uefi ? "q35" : "q35,graphics=off"));
        words.addAll(List.of("-netdev", "tap,id=n0,ifname=tap0,script=no,downscript=no"));
        String card = "virtio-net-pci,netdev=n0,bootindex=1,mac=" + MAC;
        words.addAll(List.of("-device", uefi ? card + ",romfile=" : card));
        if (uefi) {
            Path variables = server.folder().resolve("variables.fd");
            Files.write(variables, Files.readAllBytes(UEFI_VARIABLES));
            words.addAll(List.of("-drive", "if=pflash,format=raw,readonly=on,file=" + UEFI_CODE));
            words.addAll(List.of("-drive", "if=pflash,format=raw,file=" + variables));
        }
        if (way.firmware == Firmware.HTTP) {
            words.addAll(List.of("-fw_cfg", "name=opt/org.tianocore/IPv4PXESupport,string=n"));
            words.addAll(List.of("-fw_cfg", "name=opt/org.tianocore/IPv6Support,string=n"));
        }
        return words;
    }

    private static String tail(String text) {
        return text.substring(Math.max(0, text.length() - 2_000));
    }
}
