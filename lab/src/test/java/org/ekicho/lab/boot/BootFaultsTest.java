package org.ekicho.lab.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.ekicho.lab.boot.BootScene.Dhcp;
import org.ekicho.lab.boot.BootScene.Firmware;
import org.ekicho.lab.lan.Daemon;
import org.ekicho.lab.peer.PeerTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Real firmware on a net with a fault: the trace says which in plain words, and the machine boots another
/// way where there is one. `./test` leaves out those with the tag `long`.
@PeerTest(programs = {"qemu-system-x86_64"})
@Execution(ExecutionMode.SAME_THREAD)
@ResourceLock("an emulated machine")
final class BootFaultsTest {
    private static final String TFTP = "TFTP ipxe/snponly.efi: 173.8 kB";
    private static final String WENT_ON = "The firmware went on to HTTP Boot and booted";

    @BeforeEach
    void need() {
        HostLoaders.need();
    }

    /// The way by TFTP is broken: the trace says how, the firmware helps itself by HTTP Boot, and at the next
    /// power-on one thing is served otherwise and TFTP works.
    ///
    /// @param rule   of nftables: what of our packets is dropped
    /// @param second what the trace of the second attempt shows
    private static void broken(TestInfo test, String rule, String verdict, String... second) throws IOException {
        try (BootScene scene = new BootScene(test, Dhcp.SERVER)) {
            scene.drop("egress", rule);
            Daemon first = scene.powerOn(Firmware.UEFI);
            scene.await("the kernel was fetched", () -> kernels(scene) == 1);
            assertThat(scene.shownTrace()).contains(verdict, WENT_ON);
            scene.pullThePlug(first);
            scene.arm();
            scene.powerOn(Firmware.UEFI);
            scene.await("it boots by TFTP", () -> kernels(scene) == 2);
            assertThat(scene.lastAttempt()).contains(TFTP, "It booted").contains(second);
        }
    }

    @Test
    void long_blocks_are_dropped(TestInfo test) throws IOException {
        broken(
                test,
                "udp sport 1024-65535 udp length > 1450",
                "Small answers arrive, full blocks of 1468 bytes do not",
                "blocks of at most 1408");
    }

    @Test
    @Tag("long")
    void high_ports_are_closed(TestInfo test) throws IOException {
        broken(
                test,
                "udp sport 5000-65535",
                "our TFTP answers, which come from high ports, do not arrive: a firewall between us",
                "from one po");
    }

    @Test
    @Tag("long")
    void the_boot_service_is_closed(TestInfo test) throws IOException {
        broken(test, "udp sport 4011", "It asked the boot service on port 4011 of 10.77.0.1 4 times and got no answer");
    }

    @Test
    @Tag("long")
    void acknowledgements_are_lost(TestInfo test) throws IOException {
        try (BootScene scene = new BootScene(test, Dhcp.SERVER)) {
            scene.drop("ingress", "udp dport 1024-65535 numgen random mod 100 < 30");
            boots(scene, "It booted", "sent again, packets are lost on the way");
        }
    }

    @Test
    @Tag("long")
    void another_server_names_a_next_server_that_is_not_there(TestInfo test) throws IOException {
        misled(
                test,
                "ipxe/snponly.efi",
                "10.77.0.99",
                "It asks for the hardware address of 10.77.0.99, which nobody has: a wrong next-server, given by DHCP"
                        + " server 10.77.0.2");
    }

    @Test
    @Tag("long")
    void another_server_names_a_file_that_is_not_here(TestInfo test) throws IOException {
        misled(
                test,
                "ipxe/snponli.efi",
                "10.77.0.1",
                "The file \"ipxe/snponli.efi\" does not exist in the boot index; the most like it is"
                        + " \"ipxe/snponly.efi\"");
    }

    @Test
    @Tag("long")
    void another_server_names_a_program_of_another_architecture(TestInfo test) throws IOException {
        misled(
                test,
                "ipxe/undionly.kpxe",
                "10.77.0.1",
                "It fetched \"ipxe/undionly.kpxe\" and refused it: that is a BIOS program, and the machine is x64 UEFI");
    }

    /// Another server names a file as PXE demands (PXE 2.1 §2.4.7), with options 60 and 43: firmware takes that
    /// over a proxy's offer. HTTP Boot and iPXE are left to us.
    private static void misled(TestInfo test, String file, String nextServer, String verdict) throws IOException {
        try (BootScene scene = new BootScene(test, Dhcp.PROXY)) {
            scene.rival(
                    "--dhcp-vendorclass=set:pxe,PXEClient",
                    "--dhcp-match=set:ipxe,175",
                    "--dhcp-option-force=tag:pxe,tag:!ipxe,60,PXEClient",
                    "--dhcp-option-force=tag:pxe,tag:!ipxe,43,06:01:08:ff",
                    "--dhcp-boot=tag:pxe,tag:!ipxe," + file + ",," + nextServer);
            boots(scene, verdict, WENT_ON);
        }
    }

    @Test
    @Tag("long")
    void another_server_names_a_file_to_everybody(TestInfo test) throws IOException {
        try (BootScene scene = new BootScene(test, Dhcp.PROXY)) {
            scene.rival("--dhcp-boot=pxelinux.0,,10.77.0.2");
            boots(scene, "It booted", TFTP);
        }
    }

    @Test
    @Tag("long")
    void another_server_gives_addresses_too(TestInfo test) throws IOException {
        try (BootScene scene = new BootScene(test, Dhcp.SERVER)) {
            scene.rival();
            boots(scene, "It booted", "10.77.0.2");
            assertThat(scene.log()).contains("gives addresses on br0 too");
        }
    }

    @Test
    @Tag("long")
    void the_switch_is_silent_for_half_a_minute(TestInfo test) throws IOException {
        try (BootScene scene = new BootScene(test, Dhcp.SERVER)) {
            scene.silent();
            boots(scene, "It booted", "spanning tree");
        }
    }

    private static void boots(BootScene scene, String... told) throws IOException {
        scene.powerOn(Firmware.UEFI);
        scene.await("the kernel was fetched", () -> kernels(scene) == 1);
        assertThat(scene.shownTrace()).contains(told);
    }

    @Test
    void nothing_helps_but_a_medium(TestInfo test) throws IOException {
        try (BootScene scene = new BootScene(test, Dhcp.SERVER)) {
            scene.drop("egress", "udp sport 5000-65535");
            scene.drop("egress", "tcp sport 8069");
            scene.powerOn(Firmware.UEFI);
            scene.await("it failed", () -> scene.prose().contains("FAILED: It asked for"));
            assertThat(scene.trace().strip().lines().toList().getLast())
                    .contains("ekicho boot media --machine " + BootScene.MAC + " -o 52-54-00-77-00-01.iso");
        }
    }

    private static long kernels(BootScene scene) {
        return scene.trace()
                .lines()
                .filter(line -> line.contains("/kernel: 200"))
                .count();
    }
}
