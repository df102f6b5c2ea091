package org.ekicho.lab.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.ekicho.lab.boot.BootScene.Dhcp;
import org.ekicho.lab.boot.BootScene.Firmware;
import org.ekicho.lab.lan.Daemon;
import org.ekicho.lab.peer.Ekicho;
import org.ekicho.lab.peer.PeerTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Debian's installer works without a person, from a folder that `dev/debian-mirror` made of Debian's own archive,
/// served
/// by Ekicho alone: it fetches its answer file once, checks the signed index, and loads its parts from us.
///
/// It comes as far as the archive at hand has the installer's parts; some archives keep only a few of them.
@PeerTest(programs = {"qemu-system-x86_64"})
@Execution(ExecutionMode.SAME_THREAD)
@ResourceLock("an emulated machine")
final class UnattendedDebianTest {
    private static final Path MIRROR = Path.of("../.cache/debian");
    /// More than the indexes of an archive.
    private static final Pattern PACKAGES = Pattern.compile("[1-9][0-9]+ packages and indexes");
    private static final String PRESEED = """
            d-i debian-installer/locale string en_US.UTF-8
            d-i keyboard-configuration/xkb-keymap select us
            d-i netcfg/get_hostname string ${machine.name}
            d-i netcfg/get_domain string lan
            d-i mirror/country string manual
            d-i mirror/protocol string http
            d-i mirror/http/hostname string ${tree.host}
            d-i mirror/http/directory string ${tree.path}
            d-i mirror/http/proxy string
            d-i mirror/suite string bookworm
            d-i preseed/early_command string wget -q -O /dev/null "${report.url}?step=pre"
            """;

    @Test
    void the_installer_fetches_its_answer_once_and_its_first_packages_from_us(TestInfo test) throws IOException {
        HostLoaders.need();
        HostLoaders.needMirror(MIRROR);
        try (BootScene scene =
                new BootScene(test, Dhcp.SERVER, MIRROR.toAbsolutePath().normalize(), PRESEED, "")) {
            Daemon console = scene.powerOn(Firmware.HTTP);
            scene.await(
                    "the installer loads packages",
                    () -> PACKAGES.matcher(scene.prose()).find());
            assertThat(scene.shownTrace())
                    .as(console.log())
                    .contains("/kernel: 200", "GET /boot/answer/…: 200", "reports pre");
            assertThat(Ekicho.show(scene.server(), "boot", "orders").out()).contains("answered");
            assertThat(Files.readString(scene.server().folder().resolve("boot/audit.log")))
                    .contains("answer");
        }
    }
}
