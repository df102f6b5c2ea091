package org.ekicho.lab.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ekicho.daemon.boot.media.MediaDesk;
import org.ekicho.lab.mirror.NeedsPrograms;
import org.ekicho.netboot.client.ClientArch;
import org.ekicho.netboot.media.MediaFile;
import org.ekicho.netboot.media.MediaPlan;
import org.ekicho.netboot.media.install.BootMenu;
import org.ekicho.netboot.media.install.InstallerArguments;
import org.ekicho.netboot.media.install.InstallerEra;
import org.ekicho.netboot.media.install.InstallerMedium;
import org.ekicho.netboot.media.install.NetworkSetup;
import org.ekicho.netboot.media.tiny.TinyMedium;
import org.ekicho.netboot.media.tiny.TinyScript;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Our media in firmware, one machine at a time: BIOS and UEFI, as CD and as disk. The machines are on no
/// network but the one that QEMU pretends, where 10.0.2.100 gives a boot script.
@NeedsPrograms("qemu-system-x86_64")
@Execution(ExecutionMode.SAME_THREAD)
@ResourceLock("an emulated machine")
class MediaBootTest {
    /// Twenty seconds and less on an idle machine.
    private static final Duration MOST = Duration.ofMinutes(5);

    private static final Instant MADE = Instant.parse("2026-01-02T03:04:06Z");
    private static final String SERVER = "http://10.0.2.100/boot/script.ipxe";
    private static final String MAC = "52:54:00:77:00:01";

    @TempDir
    private Path folder;

    MediaBootTest() {}

    @BeforeEach
    void need() {
        HostLoaders.need();
    }

    @Test
    void a_tiny_medium_asks_the_server_from_a_bios_cd_with_a_fixed_address() throws IOException {
        NetworkSetup fixed = new NetworkSetup(
                Optional.of(new NetworkSetup.Nic.WithMac(MacAddress.literal(MAC))),
                Optional.empty(),
                Optional.of(new NetworkSetup.Fixed(
                        IpAddress.literal("10.0.2.77"), 24, Optional.empty(), List.of(), Optional.empty())));
        try (Qemu machine =
                Qemu.bios().memory(256).cd(tiny(fixed)).with(network("")).start(folder)) {
            machine.waitFor("REACHED tiny 10.0.2.77", MOST);
        }
        assertThat(asked()).contains("GET /boot/script.ipxe?mac=52%3A54%3A00%3A77%3A00%3A01&uuid=", "&profile=rocky9");
    }

    @Test
    void a_tiny_medium_asks_the_server_from_a_bios_stick_by_dhcp_and_shows_its_form() throws IOException {
        try (Qemu machine = Qemu.bios()
                .memory(256)
                .stick(tiny(NetworkSetup.DHCP))
                .with(network(""))
                .start(folder)) {
            machine.waitFor("Press Tab to change", MOST);
            machine.type("\t");
            machine.waitFor("This machine's own disk", MOST);
            assertThat(machine.serial()).contains("Address by: dhcp", "Packages by: http", "Profile: rocky9");
            machine.type("\r");
            machine.waitFor("REACHED tiny 10.0.2.15", MOST);
        }
    }

    /// iPXE of 2019 does not read the script beside itself; what DHCP names for it (as ours does) is what it
    /// takes.
    @Test
    void a_tiny_medium_starts_ipxe_from_a_uefi_cd() throws IOException {
        try (Qemu machine = Qemu.uefi()
                .memory(256)
                .cd(tiny(NetworkSetup.DHCP))
                .with(network(",bootfile=" + SERVER))
                .start(folder)) {
            machine.waitFor("REACHED ", MOST);
        }
    }

    @Test
    void an_installer_medium_starts_its_kernel_from_a_bios_cd() throws IOException {
        try (Qemu machine = Qemu.bios().memory(512).cd(installer()).start(folder)) {
            assertThat(machine.waitFor("Command line: ", MOST)).contains("Example site");
            assertCommandLine(machine);
        }
    }

    @Test
    void an_installer_medium_starts_its_kernel_from_a_bios_disk() throws IOException {
        try (Qemu machine = Qemu.bios().memory(512).disk(installer()).start(folder)) {
            assertCommandLine(machine);
        }
    }

    /// [MediumInstallTest] has this always, as far as into the installer.
    @Test
    @Tag("long")
    void an_installer_medium_starts_its_kernel_from_a_uefi_cd() throws IOException {
        try (Qemu machine = Qemu.uefi().memory(512).cd(installer()).start(folder)) {
            assertCommandLine(machine);
        }
    }

    @Test
    void an_installer_medium_starts_its_kernel_from_a_uefi_stick() throws IOException {
        try (Qemu machine = Qemu.uefi().memory(512).stick(installer()).start(folder)) {
            assertCommandLine(machine);
        }
    }

    private static void assertCommandLine(Qemu machine) {
        machine.waitFor(
                "auto=true priority=critical url=http://10.0.2.100/d-i/preseed.cfg interface=auto netcfg/no_default_route=true netcfg/get_nameservers= console=ttyS0,115200n8",
                MOST);
    }

    private Path tiny(NetworkSetup network) throws IOException {
        TinyScript script =
                new TinyScript("the lab", List.of(URI.create(SERVER)), network, "http", List.of("rocky9", "debian12"));
        TinyMedium medium = new TinyMedium(
                script,
                Optional.of(new TinyMedium.ForBios(HostLoaders.bios(), HostLoaders.file(HostLoaders.IPXE_LKRN))),
                Map.of(ClientArch.EFI_X64, HostLoaders.file(HostLoaders.IPXE_EFI)),
                Optional.of(115_200));
        return written(medium.plan(MADE));
    }

    /// The kernel is Debian's; its first lines are enough here, so there is nothing in the initial RAM disk.
    private Path installer() throws IOException {
        BootMenu.Choice debian = new BootMenu.Choice(
                "debian12",
                "Debian 12",
                "boot/linux",
                List.of("boot/initrd.gz"),
                new InstallerArguments(
                                InstallerEra.DEBIAN,
                                Optional.empty(),
                                Optional.of(URI.create("http://10.0.2.100/d-i/preseed.cfg")),
                                NetworkSetup.DHCP,
                                List.of("console=ttyS0,115200n8"))
                        .line());
        BootMenu menu =
                new BootMenu("Example site", List.of(debian), "debian12", Duration.ofSeconds(1), Optional.of(115_200));
        InstallerMedium medium = new InstallerMedium(
                menu,
                List.of(
                        HostLoaders.file(HostLoaders.KERNEL).at("boot/linux"),
                        MediaFile.of("boot/initrd.gz", new byte[4_096])),
                Optional.of(HostLoaders.bios()),
                List.of(HostLoaders.signed()));
        return written(medium.plan(MADE));
    }

    private Path written(MediaPlan plan) throws IOException {
        Path image = folder.resolve("medium.iso");
        long began = System.nanoTime();
        long size = MediaDesk.write(plan, image);
        System.out.println("a medium of " + size + " bytes in " + (System.nanoTime() - began) / 1_000_000 + " ms");
        return image;
    }

    /// A card on QEMU's own network, from which nothing gets out.
    private String[] network(String more) throws IOException {
        String script = "#!ipxe\necho REACHED ${medium} ${net0/ip}\nsleep 99\n";
        Path answer = Files.writeString(
                folder.resolve("answer.sh"),
                "#!/bin/sh\nsed '/^\\r*$/q' >" + folder.resolve("asked") + "\n"
                        + "printf 'HTTP/1.1 200 OK\\r\\nContent-Length: " + script.length() + "\\r\\n\\r\\n'\n"
                        + "printf '%s' '" + script + "'\nsleep 3\n",
                StandardCharsets.US_ASCII);
        Files.setPosixFilePermissions(answer, PosixFilePermissions.fromString("rwxr-xr-x"));
        String forward = ",restrict=on,guestfwd=tcp:10.0.2.100:80-cmd:" + answer;
        return new String[] {
            "-netdev", "user,id=n" + forward + more, "-device", "virtio-net-pci,netdev=n,romfile=,mac=" + MAC
        };
    }

    private String asked() throws IOException {
        return Files.readString(folder.resolve("asked"), StandardCharsets.ISO_8859_1);
    }
}
