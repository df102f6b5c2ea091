package org.ekicho.lab.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.stream.Stream;
import org.ekicho.lab.boot.BootScene.Dhcp;
import org.ekicho.lab.boot.BootScene.Firmware;
import org.ekicho.lab.lan.Daemon;
import org.ekicho.lab.peer.Ekicho;
import org.ekicho.lab.peer.PeerTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Real firmware on a net of its own, from power-on to the Debian installer, served by Ekicho; and the trace that tells
/// each stage of it. [UnattendedDebianTest] does the same by HTTP Boot. `-Dlab.boot=all` runs every firmware both with
/// our DHCP server and beside another one.
@PeerTest(programs = {"qemu-system-x86_64"})
@Execution(ExecutionMode.SAME_THREAD)
@ResourceLock("an emulated machine")
final class NetworkBootTest {
    private static final String UEFI_LOADER = "TFTP ipxe/snponly.efi";
    private static final String HTTP_LOADER = "GET /boot/loader/ipxe/snponly.efi: 200";

    /// What boots, and who gives the addresses.
    enum Way {
        BIOS_WITH_OUR_DHCP(Dhcp.SERVER, Firmware.BIOS, "loader", Shown.ALWAYS),
        BIOS_BESIDE_ANOTHER_SERVER(Dhcp.PROXY, Firmware.BIOS, "loader", Shown.ON_REQUEST),
        UEFI_WITH_OUR_DHCP(Dhcp.SERVER, Firmware.UEFI, UEFI_LOADER, Shown.ON_REQUEST),
        UEFI_BESIDE_ANOTHER_SERVER(Dhcp.PROXY, Firmware.UEFI, UEFI_LOADER, Shown.ALWAYS),
        HTTP_BOOT_WITH_OUR_DHCP(Dhcp.SERVER, Firmware.HTTP, HTTP_LOADER, Shown.ON_REQUEST),
        HTTP_BOOT_BESIDE_ANOTHER_SERVER(Dhcp.PROXY, Firmware.HTTP, HTTP_LOADER, Shown.ON_REQUEST);

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

    /// Whether it is always shown; the others are variations.
    enum Shown {
        ALWAYS,
        ON_REQUEST
    }

    static Stream<Way> ways() {
        return Arrays.stream(Way.values()).filter(way -> BootScene.ALL || way.shown == Shown.ALWAYS);
    }

    @BeforeEach
    void need() {
        HostLoaders.need();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void firmware_gets_to_the_installer_and_the_trace_tells_how(Way way, TestInfo test) throws IOException {
        try (BootScene scene = new BootScene(test, way.dhcp)) {
            if (way.dhcp == Dhcp.PROXY) scene.rival();
            Daemon console = scene.powerOn(way.firmware);
            scene.await("the installer runs", () -> console.log().contains("Starting system log daemon"));
            assertThat(scene.shownTrace())
                    .contains(BootScene.MAC, way.firmware.words(), way.told)
                    .contains("GET /boot/script.ipxe: 200", "/kernel: 200", "It booted")
                    // Nobody waits for an IPv6 router that is not there.
                    .doesNotContain("router advertisement");
            assertThat(Ekicho.show(scene.server(), "boot", "orders").out()).contains("started");
            assertThat(Files.readString(scene.server().folder().resolve("boot/audit.log")))
                    .contains("armed order", "the kernel of order");
        }
    }
}
