package org.ekicho.site.toml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ekicho.netboot.policy.Machine;
import org.ekicho.netboot.policy.Unknown;
import org.ekicho.netboot.settings.BootSettings;
import org.ekicho.netboot.settings.BootSettings.FtpDoor;
import org.ekicho.netboot.settings.DhcpMode;
import org.ekicho.site.SiteReading;
import org.ekicho.site.Surroundings;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;
import org.junit.jupiter.api.Test;

final class BootTablesTest {
    private static SiteReading read(String text) {
        return SiteFile.read("ekicho.toml", "[site]\nname = \"lab\"\n" + text, Surroundings.NONE);
    }

    private static BootSettings settings(String text) {
        SiteReading reading = read(text);
        assertThat(reading.report().diagnostics()).isEmpty();
        return reading.settings().orElseThrow().boot().orElseThrow();
    }

    private static List<String> problems(String text) {
        return read(text).report().diagnostics().stream().map(Object::toString).toList();
    }

    @Test
    void without_an_interface_dhcp_answers_nobody() {
        BootSettings boot = settings("[boot]\n");
        assertThat(boot.dhcp()).isEqualTo(DhcpMode.OFF);
        assertThat(boot.interfaces()).isEmpty();
        assertThat(boot.rules().unknown()).isEqualTo(Unknown.MENU);
        assertThat(read("").settings().orElseThrow().boot()).isEmpty();
    }

    @Test
    void an_interface_alone_means_to_stand_beside_another_server() {
        assertThat(settings("[boot]\ninterfaces = [\"eth1\"]\n").dhcp()).isEqualTo(DhcpMode.PROXY);
    }

    @Test
    void ftp_is_off_unless_asked_for_and_its_ports_are_two_numbers() {
        assertThat(settings("[boot]\n").ftp()).isEmpty();
        assertThat(settings("[boot]\nftp = true\n").ftp()).contains(new FtpDoor(21, 50_000, 50_099));
        assertThat(settings("[boot]\nftp = true\nftp-port = 2121\nftp-data-ports = \"40000-40000\"\n")
                        .ftp())
                .contains(new FtpDoor(2121, 40_000, 40_000));
        for (String wrong : List.of("40000", "5-4", "0-9", "1-65536", "a-b")) {
            assertThat(problems("[boot]\nftp-data-ports = \"" + wrong + "\"\n").toString())
                    .as(wrong)
                    .contains(":4:1: error")
                    .contains("ftp-data-ports takes no \"" + wrong + "\"");
        }
    }

    @Test
    void machines_profiles_and_nets() {
        BootSettings boot = settings("""
                [boot]
                interfaces = ["eth1"]
                dhcp = "server"

                [[boot.profile]]
                name = "web"
                tree = "debian-12"
                answer = "web.preseed"
                arguments = ["console=ttyS0"]

                [[boot.machine]]
                name = "web1"
                macs = ["52-54-00-77-00-01"]
                address = "192.168.55.20"
                profile = "web"
                tags = ["rack3"]

                [[boot.subnet]]
                net = "192.168.55.0/24"
                ranges = ["192.168.55.100 - 192.168.55.199"]
                router = "192.168.55.254"
                lease = "1d"
                """);
        MacAddress mac = MacAddress.literal("52:54:00:77:00:01");
        assertThat(boot.reservations()).containsEntry(mac, IpAddress.literal("192.168.55.20"));
        assertThat(boot.rules().machines())
                .singleElement()
                .extracting(Machine::name)
                .isEqualTo("web1");
        assertThat(boot.rules().profiles()).containsKey("web");
        assertThat(boot.subnets().getFirst().ranges()).hasToString("[192.168.55.100-192.168.55.199]");
    }

    @Test
    void every_mistake_has_its_place() {
        assertThat(problems("""
                [boot]
                interfaces = ["eth1"]
                dhcp = "server"
                http-address = "eth1"
                [[boot.profile]]
                name = "web"
                tree = "../etc"
                [[boot.machine]]
                name = "web1"
                macs = ["52:54:00:77:00:1"]
                profile = "wbe"
                [[boot.machine]]
                name = "web2"
                [[boot.subnet]]
                net = "192.168.55.0/24"
                ranges = ["192.168.56.1-192.168.56.9"]
                [[boot.subnet]]
                net = "192.168.55.128/25"
                """))
                .satisfiesExactlyInAnyOrder(
                        p -> assertThat(p).contains(":6:").contains("http-address takes no"),
                        p -> assertThat(p).contains("tree takes no \"../etc\""),
                        p -> assertThat(p).contains("macs takes no"),
                        p -> assertThat(p)
                                .contains("no [[boot.profile]] is called \"wbe\"")
                                .contains("web"),
                        p -> assertThat(p).contains("a machine is known by macs, uuid or serial"),
                        p -> assertThat(p).contains("ranges takes no"),
                        p -> assertThat(p).contains("overlaps 192.168.55.0/24"));
    }

    @Test
    void a_server_needs_a_net_and_an_interface() {
        assertThat(problems("[boot]\ndhcp = \"server\"\n"))
                .satisfiesExactlyInAnyOrder(
                        p -> assertThat(p).contains("needs a [[boot.subnet]]"),
                        p -> assertThat(p).contains("DHCP answers on no interface unless one is named"));
    }

    @Test
    void two_machines_never_share_an_address() {
        assertThat(problems("""
                [boot]
                [[boot.machine]]
                name = "a"
                macs = ["52:54:00:77:00:01"]
                [[boot.machine]]
                name = "b"
                macs = ["525400770001"]
                """)).singleElement().asString().contains("52:54:00:77:00:01 is a's already");
    }
}
