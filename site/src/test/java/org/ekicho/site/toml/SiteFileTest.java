package org.ekicho.site.toml;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.ekicho.ntp.access.RestrictFlag;
import org.ekicho.ntp.access.RestrictRule;
import org.ekicho.ntp.settings.BroadcastSettings;
import org.ekicho.ntp.settings.ClockMode;
import org.ekicho.ntp.settings.SourceSettings;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.site.SiteReading;
import org.ekicho.site.SiteSettings;
import org.ekicho.site.StatedSurroundings;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;
import org.junit.jupiter.api.Test;

class SiteFileTest {
    private final StatedSurroundings around = new StatedSurroundings()
            .file("/etc/ekicho/ntp.keys", "10 SHA1 0123456789abcdef0123456789abcdef01234567\n11 MD5 labsecret\n");

    @Test
    void the_smallest_file_observes_the_clock_and_serves_it() {
        SiteSettings site = good("[site]\nname = \"lab\"\n");
        TimeSettings time = site.time().orElseThrow();
        assertThat(site.name()).isEqualTo("lab");
        assertThat(site.controlSocket()).isEqualTo("/run/ekicho/control.sock");
        assertThat(time.clock()).isEqualTo(ClockMode.OBSERVE);
        assertThat(time.hostClock()).isTrue();
        assertThat(time.broadcasts()).isEmpty();
        assertThat(time.receiver().isOn()).isFalse();
        assertThat(time.restricts())
                .contains(rule("127.0.0.1"))
                .contains(rule(
                        "0.0.0.0/0",
                        RestrictFlag.NOMODIFY,
                        RestrictFlag.NOTRAP,
                        RestrictFlag.NOQUERY,
                        RestrictFlag.LIMITED,
                        RestrictFlag.KOD));
    }

    @Test
    void reads_every_table() {
        TimeSettings time = good("""
                        [site]
                        name = "lab"
                        [time]
                        clock = "steer"
                        port = 1123
                        interfaces = ["eth0"]
                        keys = "/etc/ekicho/ntp.keys"
                        trusted-keys = [10]
                        allow = ["192.168.55.0/24"]
                        query = ["192.168.55.8/29"]
                        require-key = true
                        [[time.server]]
                        address = "10.9.9.9"
                        key = 10
                        min-poll = 4
                        [[time.server]]
                        address = "ntp2.lan"
                        kind = "pool"
                        [[time.broadcast]]
                        address = "224.0.1.1"
                        key = 10
                        ttl = 4
                        [time.receive]
                        groups = ["224.0.1.1", "ff02::101"]
                        start-spread-seconds = 0.5
                        [time.local-clock]
                        stratum = 10
                        wait-seconds = 1
                        reference-id = "LOCL"
                        [time.rate-limit]
                        enabled = false
                        [[time.restrict]]
                        net = "192.168.55.77"
                        flags = ["ignore"]
                        [time.steering]
                        step = "always"
                        panic-seconds = 0
                        """).time().orElseThrow();
        assertThat(time.clock()).isEqualTo(ClockMode.STEER);
        assertThat(time.hostClock()).isFalse();
        assertThat(time.port()).isEqualTo(1123);
        assertThat(time.keys().trusted()).containsExactly(10);
        assertThat(time.sources()).extracting(SourceSettings::host).containsExactly("10.9.9.9", "ntp2.lan");
        assertThat(time.sources().getFirst().iburst()).isTrue();
        assertThat(time.broadcasts())
                .containsExactly(
                        new BroadcastSettings(IpAddress.literal("224.0.1.1"), 123, 10, 6, 4, 4, List.of("eth0")));
        assertThat(time.receiver().startSpread()).isEqualTo(Duration.ofMillis(500));
        assertThat(time.selection().orphanWait()).isEqualTo(Duration.ofSeconds(1));
        assertThat(time.discipline().stepOnlyAtStart()).isFalse();
        assertThat(time.discipline().panicThreshold()).isZero();
        RestrictFlag[] base = {RestrictFlag.NOMODIFY, RestrictFlag.NOTRAP};
        assertThat(time.restricts())
                .contains(rule(
                        "0.0.0.0/0",
                        base[0],
                        base[1],
                        RestrictFlag.NOTRUST,
                        RestrictFlag.NOSERVE,
                        RestrictFlag.NOQUERY))
                .contains(rule("192.168.55.0/24", base[0], base[1], RestrictFlag.NOTRUST, RestrictFlag.NOQUERY))
                .contains(rule("192.168.55.8/29", base[0], base[1], RestrictFlag.NOTRUST))
                .contains(rule("10.9.9.9", base[0], base[1], RestrictFlag.NOQUERY))
                .contains(rule("192.168.55.77", RestrictFlag.IGNORE));
    }

    @Test
    void five_mistakes_are_five_positioned_messages() {
        SiteReading reading = read("""
                [site]
                nmae = "lab"

                [time]
                clock = "steering"
                port = 70000
                interfaces = ["eth0"]
                trusted-keys = [10, "eleven"]
                [[time.server]]
                iburst = "yes"
                address = "ntp1.lan"
                """);
        assertThat(reading.settings()).isEmpty();
        assertThat(reading.report().print()).isEqualTo("""
                ekicho.toml:2:1: error: unknown key "nmae" in [site]; did you mean "name"?
                ekicho.toml:5:1: error: clock takes no "steering"; expected one of "observe", "steer"; e.g. clock = \
                "observe"; did you mean "steer"?
                ekicho.toml:6:1: error: port takes no 70000; expected a whole number 1..65535; e.g. port = 123
                ekicho.toml:8:21: error: trusted-keys takes no "eleven"; expected a whole number 1..4294967295; e.g. \
                trusted-keys = [10, 11]
                ekicho.toml:10:1: error: iburst takes no "yes"; expected true or false; e.g. iburst = true
                5 errors
                """);
    }

    @Test
    void tells_where_a_key_belongs_that_stands_in_the_wrong_table() {
        assertThat(read("allow = []\n[site]\nname = \"x\"\nport = 1\n[tmie]\n")
                        .report()
                        .print())
                .contains("unknown table or key \"allow\"; it belongs into [time]")
                .contains("unknown key \"port\" in [site]; it belongs into [time]")
                .contains("did you mean \"time\"?");
    }

    @Test
    void nothing_is_sent_until_an_interface_is_named() {
        assertThat(read("[site]\nname = \"x\"\n[[time.broadcast]]\naddress = \"224.0.1.1\"\n")
                        .report()
                        .print())
                .contains("ekicho.toml:3:1: error: no interface is named that this stream leaves by");
    }

    @Test
    void keys_that_cannot_be_used_are_errors() {
        assertThat(read("[site]\nname = \"x\"\n[[time.server]]\naddress = \"a\"\nkey = 10\n")
                        .report()
                        .print())
                .contains("ekicho.toml:5:1: error: key 10 needs a key file");
        String file = """
                [site]
                name = "x"
                [time]
                keys = "/etc/ekicho/ntp.keys"
                trusted-keys = [11]
                [[time.server]]
                address = "a"
                key = 10
                [[time.server]]
                address = "b"
                key = 12
                """;
        assertThat(read(file).report().print())
                .contains("ekicho.toml:8:1: error: key 10 is not among trusted-keys")
                .contains("ekicho.toml:11:1: error: key 12 is not in /etc/ekicho/ntp.keys; expected one of 10, 11");
        assertThat(read("[site]\nname = \"x\"\n[time.receive]\ngroups = [\"224.0.1.1\"]\n")
                        .report()
                        .print())
                .contains("no trusted key is there");
        around.file("/etc/ekicho/ntp.keys", "10 MD5 x\n", 0644);
        assertThat(read("[site]\nname = \"x\"\n[time]\nkeys = \"/etc/ekicho/ntp.keys\"\n")
                        .report()
                        .print())
                .contains("chmod 640 /etc/ekicho/ntp.keys");
    }

    @Test
    void an_ntp_conf_says_it_all_and_steering_is_the_site_files_decision() {
        around.file("/etc/ntp.conf", "server 127.127.1.0\nrestrict default noquery\n");
        TimeSettings time = good("[site]\nname = \"x\"\n[time]\nntp-conf = \"/etc/ntp.conf\"\nport = 1123\n")
                .time()
                .orElseThrow();
        assertThat(time.clock()).isEqualTo(ClockMode.OBSERVE);
        assertThat(time.localClock()).isPresent();
        assertThat(time.port()).isEqualTo(1123);
        assertThat(read("[site]\nname = \"x\"\n[time]\nntp-conf = \"/etc/ntp.conf\"\nallow = []\n[time.local-clock]\n")
                        .report()
                        .print())
                .contains("ekicho.toml:5:1: error: allow cannot stand beside ntp-conf")
                .contains("ekicho.toml:6:1: error: [time.local-clock] cannot stand beside ntp-conf");
        around.file("/etc/ntp.conf", "disable ntp\nbogus\n");
        assertThat(read("[site]\nname = \"x\"\n[time]\nclock = \"steer\"\nntp-conf = \"/etc/ntp.conf\"\n")
                        .report()
                        .print())
                .contains("/etc/ntp.conf:2:1: error: unknown keyword \"bogus\"")
                .contains("ekicho.toml:4:1: error: clock = \"steer\" contradicts disable ntp in /etc/ntp.conf");
    }

    @Test
    void text_that_is_not_toml_is_told_with_its_place() {
        assertThat(read("[site\nname = \n").report().print())
                .contains("ekicho.toml:1:")
                .contains("error: not TOML: ");
    }

    @Test
    void a_service_that_is_off_is_still_checked() {
        assertThat(good("[site]\nname = \"x\"\n[time]\nenabled = false\n").time())
                .isEmpty();
        assertThat(read("[site]\nname = \"x\"\n[time]\nenabled = false\nprot = 1\n")
                        .report()
                        .hasErrors())
                .isTrue();
    }

    private static RestrictRule rule(String prefix, RestrictFlag... flags) {
        int mask = 0;
        for (RestrictFlag flag : flags) {
            mask |= flag.mask();
        }
        return new RestrictRule(IpPrefix.parse(prefix).orElseThrow(), mask);
    }

    private SiteSettings good(String text) {
        SiteReading reading = read(text);
        assertThat(reading.report().diagnostics()).as(reading.report().print()).isEmpty();
        return reading.settings().orElseThrow();
    }

    private SiteReading read(String text) {
        return SiteFile.read("ekicho.toml", text, around);
    }
}
