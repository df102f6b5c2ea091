package org.ekicho.lab.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ekicho.lab.boot.BootScene.Dhcp;
import org.ekicho.lab.boot.BootScene.Firmware;
import org.ekicho.lab.lan.Daemon;
import org.ekicho.lab.peer.PeerTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The media of `ekicho boot media` in a machine that does not boot by network: as CD and as disk, under BIOS and UEFI,
/// with an address by DHCP and a fixed one, packages by HTTP and by FTP; each into Debian's installer, which then loads
/// its parts from us; and the same trace tells it. `-Dlab.boot=all` runs all of them.
@PeerTest(programs = {"qemu-system-x86_64"})
@Execution(ExecutionMode.SAME_THREAD)
@ResourceLock("an emulated machine")
final class MediumInstallTest {
    private static final Path MIRROR = Path.of("../.cache/debian");
    private static final String FTP = "ftp = true";

    /// A medium in a machine.
    ///
    /// @param drive  `cd`, `disk` or `stick`
    /// @param method how packages come
    record Medium(String kind, Firmware firmware, String drive, String address, String method) {
        boolean isFixed() {
            return !address.isEmpty();
        }

        @Override
        public String toString() {
            return kind + " as " + firmware + " " + drive + (isFixed() ? " fixed" : " by DHCP") + ", " + method;
        }
    }

    static List<Medium> media() {
        List<Medium> media = new ArrayList<>();
        String fixed = "10.77.0.20/24";
        media.add(new Medium("installer", Firmware.UEFI, "cd", fixed, "ftp"));
        if (BootScene.ALL) {
            media.add(new Medium("tiny", Firmware.BIOS, "disk", fixed, "http"));
            media.add(new Medium("tiny", Firmware.BIOS, "cd", "", "ftp"));
            media.add(new Medium("tiny", Firmware.UEFI, "cd", "", "http"));
            media.add(new Medium("tiny", Firmware.UEFI, "stick", "", "http"));
            media.add(new Medium("installer", Firmware.BIOS, "cd", "", "http"));
            media.add(new Medium("installer", Firmware.BIOS, "disk", fixed, "ftp"));
            media.add(new Medium("installer", Firmware.UEFI, "stick", "", "http"));
        }
        return media;
    }

    @BeforeEach
    void need() {
        HostLoaders.need();
        HostLoaders.needMirror(MIRROR);
    }

    @ParameterizedTest
    @MethodSource("media")
    void a_medium_leads_into_the_installer_and_the_trace_tells_it(Medium medium, TestInfo test) throws IOException {
        Path tree = MIRROR.toAbsolutePath().normalize();
        try (BootScene scene = new BootScene(test, Dhcp.SERVER, tree, "", FTP)) {
            List<String> options = new ArrayList<>(List.of("--machine", BootScene.MAC, "--kind", medium.kind()));
            if (medium.kind().equals("installer")) options.addAll(List.of("--profile", "web"));
            if (medium.isFixed()) options.addAll(List.of("--address", medium.address()));
            if (medium.method().equals("ftp")) options.add("--ftp");
            Path image = scene.medium(options.toArray(new String[0]));
            Daemon console = scene.powerOnFrom(medium.firmware(), drive(medium.drive(), image));
            boolean ftp = medium.method().equals("ftp");
            // The tiny medium's kernel comes by HTTP in any case; what comes after it comes by FTP.
            if (ftp && medium.kind().equals("tiny")) {
                scene.await("the kernel was fetched", () -> scene.trace().contains("/kernel: 200"));
            }
            if (ftp) scene.drop("ingress", "tcp dport 8069");
            scene.await("the installer runs", () -> console.log().contains("Starting system log daemon"));
            scene.await("it loads its parts from us", () -> scene.prose().contains("packages and indexes"));
            assertThat(scene.shownTrace()).contains(BootScene.MAC, "It booted");
        }
    }

    private static List<String> drive(String drive, Path image) {
        return switch (drive) {
            case "cd" -> List.of("-drive", "file=" + image + ",media=cdrom,readonly=on,if=ide,format=raw");
            case "disk" ->
                List.of(
                        "-drive",
                        "file=" + image + ",format=raw,if=none,id=medium,snapshot=on",
                        "-device",
                        "virtio-blk-pci,drive=medium,bootindex=1");
            default ->
                List.of(
                        "-drive",
                        "file=" + image + ",format=raw,if=none,id=medium,snapshot=on",
                        "-device",
                        "qemu-xhci",
                        "-device",
                        "usb-storage,drive=medium,removable=on,bootindex=1");
        };
    }
}
