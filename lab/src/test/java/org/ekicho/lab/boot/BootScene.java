package org.ekicho.lab.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.ekicho.lab.lan.Daemon;
import org.ekicho.lab.lan.Lan;
import org.ekicho.lab.lan.Machine;
import org.ekicho.lab.peer.Ekicho;
import org.ekicho.lab.peer.Programs;
import org.junit.jupiter.api.TestInfo;

/// A switch `br0` in the server's house, with Ekicho on it at 10.77.0.1, an emulated machine at its port `tap0`, and
/// room
/// for another DHCP server.
final class BootScene implements AutoCloseable {
    static final String MAC = "52:54:00:77:00:01";
    /// Where the other DHCP server is.
    static final String RIVAL = "10.77.0.2";
    private static final Path TREE = Path.of("/usr/lib/debian-installer/images/12/amd64/text");
    private static final Path UEFI_CODE = Path.of("/usr/share/OVMF/OVMF_CODE_4M.fd");
    private static final Path UEFI_VARIABLES = Path.of("/usr/share/OVMF/OVMF_VARS_4M.fd");
    /// A boot takes fifty seconds on a machine that does nothing else, one that first fails two minutes.
    private static final int MOST_SECONDS = 360;

    /// Whether the tests that take long run too.
    static final boolean ALL = System.getProperty("lab.boot", "").equals("all");

    /// Who gives the addresses.
    enum Dhcp {
        SERVER("server"),
        PROXY("proxy");

        private final String word;

        Dhcp(String word) {
            this.word = word;
        }
    }

    /// What the machine is.
    enum Firmware {
        /// The card's ROM is iPXE.
        BIOS("x86 BIOS"),
        /// PXE first, then HTTP Boot.
        UEFI("x64 UEFI"),
        /// HTTP Boot alone.
        HTTP("x64 UEFI");

        private final String words;

        Firmware(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    private final Lan lan;
    private final Machine server;
    private final Daemon ekicho;
    private int machines;

    /// Ekicho serves Debian's installer, with an order armed for the machine.
    BootScene(TestInfo test, Dhcp dhcp) {
        this(test, dhcp, TREE, "", "");
    }

    /// The same with another tree.
    ///
    /// @param preseed template of its answer file; empty: the installer asks
    /// @param more    further lines of `[boot]`
    BootScene(TestInfo test, Dhcp dhcp, Path tree, String preseed, String more) {
        lan = Lan.of(test);
        server = lan.machine("server");
        server.must("ip", "link", "add", "br0", "type", "bridge");
        server.must("ip", "link", "set", "br0", "up");
        server.must("ip", "addr", "add", "10.77.0.1/24", "dev", "br0");
        server.must("ip", "tuntap", "add", "tap0", "mode", "tap");
        server.must("ip", "link", "set", "tap0", "master", "br0", "up");
        server.file("ekicho.toml", """
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
                %s

                [[boot.profile]]
                name = "web"
                tree = "debian-12"
                %s
                arguments = ["console=ttyS0,115200n8", "DEBIAN_FRONTEND=text", "priority=critical",
                    "locale=en_US.UTF-8", "keymap=us", "hostname=web1", "domain=lan"]

                [[boot.machine]]
                name = "web1"
                macs = ["%s"]
                profile = "web"

                [[boot.subnet]]
                net = "10.77.0.0/24"
                ranges = ["10.77.0.100-10.77.0.150"]
                """.formatted(
                        dhcp.word, more, preseed.isEmpty() ? "" : "answer = \"web.preseed\"", MAC));
        if (!preseed.isEmpty()) server.file("boot/answers/web.preseed", preseed);
        server.must(Programs.ekicho(), "boot", "tree", "import", "debian-12", tree.toString());
        arm();
        ekicho = server.start("ekicho", Programs.ekicho(), "serve");
        Ekicho.awaitReady(lan, ekicho);
        if (dhcp == Dhcp.SERVER) await("nobody else answers", () -> ekicho.log().contains("giving addresses"));
    }

    Machine server() {
        return server;
    }

    /// What Ekicho logs.
    String log() {
        return ekicho.log();
    }

    void arm() {
        server.must(Programs.ekicho(), "boot", "install", "web1");
    }

    /// Writes a boot medium with `ekicho boot media`.
    Path medium(String... options) {
        List<String> command = new ArrayList<>(List.of(Programs.ekicho(), "boot", "media", "-o", "medium.iso"));
        command.addAll(List.of(options));
        server.show(command.toArray(new String[0]));
        return server.folder().resolve("medium.iso");
    }

    /// Another DHCP server, at [#RIVAL] on a cable of its own, that knows nothing of booting but what it is told.
    void rival(String... words) {
        Machine rival = lan.machine("rival");
        lan.cable(server, "port1", rival, "eth0");
        server.must("ip", "link", "set", "port1", "master", "br0");
        rival.address("eth0", RIVAL + "/24");
        List<String> command = new ArrayList<>(List.of(
                Programs.peer("dnsmasq"),
                "--keep-in-foreground",
                "--conf-file=/dev/null",
                "--user=root",
                "--interface=eth0",
                "--bind-interfaces",
                "--dhcp-range=10.77.0.100,10.77.0.150",
                "--no-ping",
                "--port=0",
                "--leasefile-ro"));
        command.addAll(List.of(words));
        rival.start("dnsmasq", command.toArray(new String[0]));
    }

    /// From now on drops what of the packets to the machine (`egress`) or from it (`ingress`) a rule of nftables names.
    void drop(String direction, String rule) {
        String nft = Programs.peer("nft");
        server.must(nft, "add", "table", "netdev", "fault");
        server.must(
                nft,
                "add chain netdev fault %s { type filter hook %s device tap0 priority 0; }"
                        .formatted(direction, direction));
        server.must(nft, "add rule netdev fault %s %s drop".formatted(direction, rule));
    }

    /// The machine's port on the switch takes half a minute to open, as spanning tree has it.
    void silent() {
        server.must("ip", "link", "set", "tap0", "down");
        server.must("ip", "link", "set", "br0", "type", "bridge", "stp_state", "1", "forward_delay", "1500");
        server.must("ip", "link", "set", "tap0", "up");
    }

    /// Switches the machine on; what its console shows is in the daemon's log.
    Daemon powerOn(Firmware firmware) throws IOException {
        return powerOn(firmware, "bootindex=1", List.of());
    }

    /// The same from a medium: it has a network card and does not start by it.
    ///
    /// @param medium QEMU's words for the medium
    Daemon powerOnFrom(Firmware firmware, List<String> medium) throws IOException {
        return powerOn(firmware, "romfile=", medium);
    }

    private Daemon powerOn(Firmware firmware, String starts, List<String> medium) throws IOException {
        boolean uefi = firmware != Firmware.BIOS;
        List<String> words = new ArrayList<>(List.of("qemu-system-x86_64", "-accel", "tcg", "-cpu", "max"));
        words.addAll(List.of("-m", "1024", "-nodefaults", "-display", "none", "-vga", "none", "-serial", "stdio"));
        words.addAll(List.of("-M", uefi ? "q35" : "q35,graphics=off"));
        words.addAll(List.of("-netdev", "tap,id=n0,ifname=tap0,script=no,downscript=no"));
        String card = "virtio-net-pci,netdev=n0,mac=" + MAC + "," + starts;
        words.addAll(List.of("-device", uefi && !starts.startsWith("romfile") ? card + ",romfile=" : card));
        words.addAll(medium);
        if (uefi) {
            Path variables = server.folder().resolve("variables.fd");
            Files.write(variables, Files.readAllBytes(UEFI_VARIABLES));
            words.addAll(List.of("-drive", "if=pflash,format=raw,readonly=on,file=" + UEFI_CODE));
            words.addAll(List.of("-drive", "if=pflash,format=raw,file=" + variables));
            words.addAll(List.of("-fw_cfg", "name=opt/org.tianocore/IPv6Support,string=n"));
        }
        if (firmware == Firmware.HTTP) {
            words.addAll(List.of("-fw_cfg", "name=opt/org.tianocore/IPv4PXESupport,string=n"));
        }
        machines++;
        return server.start("console" + machines, words.toArray(new String[0]));
    }

    /// Emulated machines do not end when they are asked to.
    void pullThePlug(Daemon machine) {
        machine.signal("KILL");
        await("the machine is off", () -> !machine.runs());
    }

    /// The whole story of the machine, as a person sees it.
    String trace() {
        return Ekicho.ask(server, "boot", "trace", MAC).out();
    }

    /// The same, its line breaks and indents taken out.
    String prose() {
        return trace().replaceAll("\\s+", " ");
    }

    /// The newest attempt's part of it.
    String lastAttempt() {
        String story = shownTrace();
        return story.substring(story.lastIndexOf(" attempt "));
    }

    /// The same, kept for the reader.
    String shownTrace() {
        return Ekicho.show(server, "boot", "trace", MAC).out().replaceAll("\\s+", " ");
    }

    void await(String what, BooleanSupplier condition) {
        lan.await(what, MOST_SECONDS, condition, () -> ekicho.log() + trace());
    }

    @Override
    public void close() {
        lan.close();
    }
}
