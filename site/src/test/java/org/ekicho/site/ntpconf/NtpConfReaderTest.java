package org.ekicho.site.ntpconf;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.ekicho.ntp.access.RestrictFlag;
import org.ekicho.ntp.access.RestrictRule;
import org.ekicho.ntp.settings.BroadcastSettings;
import org.ekicho.ntp.settings.ClockMode;
import org.ekicho.ntp.settings.SourceSettings;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.site.StatedSurroundings;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;
import org.junit.jupiter.api.Test;

class NtpConfReaderTest {
    private static final String KEYS =
            "10 MD5 labsecret10\n11 SHA1 0102030405060708090a0b0c0d0e0f1011121314\n12 AES128CMAC "
                    + "000102030405060708090a0b0c0d0e0f\n";

    private final StatedSurroundings around = new StatedSurroundings().file("/etc/ntp/keys", KEYS);

    @Test
    void reads_the_server_of_the_multicast_pair() {
        TimeSettings time = good("""
                restrict 192.168.55.0 mask 255.255.255.0 nomodify notrap
                keys /etc/ntp/keys
                trustedkey 10
                broadcast 224.0.1.1 key 10
                server 127.127.1.0      # local clock
                fudge 127.127.1.0 stratum 10
                """);
        assertThat(time.clock()).isEqualTo(ClockMode.STEER);
        assertThat(time.hostClock()).isFalse();
        assertThat(time.localClock()).hasValueSatisfying(local -> {
            assertThat(local.stratum()).isEqualTo(10);
            assertThat(local.prefer()).isFalse();
        });
        assertThat(time.broadcasts())
                .containsExactly(new BroadcastSettings(IpAddress.literal("224.0.1.1"), 123, 10, 6, 1, 4, List.of()));
        assertThat(time.keys().isTrusted(10)).isTrue();
        assertThat(time.keys().isTrusted(11)).isFalse();
        assertThat(time.keys().find(11)).isPresent();
        assertThat(time.restricts())
                .contains(new RestrictRule(
                        IpPrefix.parse("192.168.55.0/24").orElseThrow(),
                        RestrictFlag.NOMODIFY.mask() | RestrictFlag.NOTRAP.mask()))
                .contains(new RestrictRule(IpPrefix.ALL_V4, RestrictFlag.NOQUERY.mask()))
                .contains(new RestrictRule(IpPrefix.host(IpAddress.LOOPBACK_V4), 0));
    }

    @Test
    void reads_the_receiver_of_the_multicast_pair() {
        TimeSettings time = good("""
                restrict 192.168.55.0 mask 255.255.255.0 nomodify notrap
                multicastclient 224.0.1.1
                keys /etc/ntp/keys
                trustedkey 10
                """);
        assertThat(time.receiver().groups()).containsExactly(IpAddress.literal("224.0.1.1"));
        assertThat(time.receiver().volley()).isTrue();
        assertThat(time.receiver().broadcast()).isFalse();
        assertThat(time.authRequired()).isTrue();
    }

    @Test
    void reads_every_option_of_a_server_line() {
        TimeSettings time = good("""
                keys "/etc/ntp/keys"
                trustedkey (1 ... 12)
                server key iburst burst prefer minpoll 4 maxpoll 8 version 3 key 12 noselect true
                peer -4 10.0.0.1
                disable ntp auth monitor
                """);
        assertThat(time.sources().getFirst())
                .isEqualTo(new SourceSettings(
                        SourceSettings.Kind.SERVER, "key", 123, 12, true, true, true, 4, 8, 3, true, true));
        assertThat(time.sources().get(1).kind()).isEqualTo(SourceSettings.Kind.PEER);
        assertThat(time.clock()).isEqualTo(ClockMode.OBSERVE);
        assertThat(time.authRequired()).isFalse();
        assertThat(time.monitor()).isFalse();
        assertThat(time.keys().trusted()).containsExactlyInAnyOrder(10, 11, 12);
    }

    @Test
    void takes_small_ttls_as_classic_index_and_large_ones_as_hop_limit() {
        NtpConfReading reading = read("broadcast 239.1.1.1 ttl 1\nbroadcast 239.1.1.2 ttl 127\nbroadcast 239.1.1.3\n");
        assertThat(reading.conf().orElseThrow().time().broadcasts())
                .extracting(BroadcastSettings::ttl)
                .containsExactly(32, 127, 1);
        assertThat(reading.report().print())
                .contains("ntp.conf:1:21: hint: ttl 1 is taken as classic ntpd's index: hop limit 32")
                .contains("ntp.conf:2:21: warning: ttl 127 is taken as a hop limit; classic ntpd takes an index 0..7");
        assertThat(good("ttl 4 8 16\nbroadcast 239.1.1.1 ttl 2\n")
                        .broadcasts()
                        .getFirst()
                        .ttl())
                .isEqualTo(16);
    }

    @Test
    void a_second_trustedkey_replaces_the_first_and_is_told() {
        NtpConfReading reading = read("keys /etc/ntp/keys\ntrustedkey 10\ntrustedkey 11\n");
        assertThat(reading.conf().orElseThrow().time().keys().trusted()).containsExactly(11);
        assertThat(reading.report().print())
                .contains("ntp.conf:2:1: warning: this trustedkey is replaced by the one in line 3, not added to; "
                        + "expected all ids in one line; e.g. trustedkey 10 11");
    }

    @Test
    void refuses_a_key_that_is_missing_or_not_trusted() {
        assertThat(read("keys /etc/ntp/keys\ntrustedkey 10\nserver a key 11\nserver b key 99\n")
                        .report()
                        .print())
                .contains("ntp.conf:3:10: error: key 11 is in the key file but not trusted")
                .contains(
                        "ntp.conf:4:10: error: key 99 is not in the key file /etc/ntp/keys; expected one of 10, 11, 12");
        assertThat(read("broadcast 224.0.1.1 key 10\n").report().print())
                .contains("key 10 is not in any file: there is no keys line");
    }

    @Test
    void refuses_a_key_file_that_everybody_can_read_with_the_command_that_mends_it() {
        around.file("/etc/ntp/keys", KEYS, 0644);
        NtpConfReading reading = read("keys /etc/ntp/keys\ntrustedkey 10\nserver a key 10\n");
        assertThat(reading.conf()).isEmpty();
        assertThat(reading.report().print())
                .isEqualTo("/etc/ntp/keys: error: key file with mode 0644: everybody can read the keys; expected mode "
                        + "0640 or less; e.g. chmod 640 /etc/ntp/keys\n"
                        + "ntp.conf: hint: no restrict default line: everybody gets time, but control queries (ntpq) "
                        + "are answered to this host and to nets that a restrict line names only\n1 error, 1 hint\n");
    }

    @Test
    void what_is_not_honoured_is_a_warning_and_what_would_weaken_security_an_error() {
        String report = read("""
                        crypto pw secret
                        server a autokey
                        manycastclient 239.1.1.1 key 3
                        statistics loopstats peerstats
                        logconfig =syncevents +peerevents
                        enable mode7
                        restrict elsewhere.example noquery
                        restrict default ippeerlimit 3
                        servre b
                        """).report().print();
        assertThat(report.lines().map(l -> l.replaceAll("^(.*?): (error|warning|hint): .*", "$1 $2")))
                .contains(
                        "ntp.conf:1:1 error",
                        "ntp.conf:2:10 error",
                        "ntp.conf:3:1 warning",
                        "ntp.conf:4:1 warning",
                        "ntp.conf:5:1 warning",
                        "ntp.conf:6:8 warning",
                        "ntp.conf:7:10 error",
                        "ntp.conf:8:18 warning",
                        "ntp.conf:9:1 error");
        assertThat(report).contains("unknown keyword \"servre\"; did you mean \"server\"?");
    }

    @Test
    void reads_restrict_in_all_its_forms() {
        around.name("gate.lan", "10.0.0.9", "fd00::9");
        TimeSettings time = good("""
                restrict default kod nomodify notrap nopeer noquery limited
                restrict -6 default ignore
                restrict 127.0.0.1
                restrict ::1
                restrict 10.0.0.0/8 notrust
                restrict 10.1.2.3 mask 255.255.0.0 noserve
                restrict gate.lan version ntpport
                restrict source nomodify
                restrict fd00:: mask ffff:: flake
                server 192.0.2.1
                """);
        int v6 = time.restricts().stream()
                .filter(r -> r.prefix().equals(IpPrefix.ALL_V6))
                .mapToInt(RestrictRule::flags)
                .reduce(0, (a, b) -> a | b);
        assertThat(RestrictFlag.IGNORE.isIn(v6) && RestrictFlag.KOD.isIn(v6)).isTrue();
        assertThat(time.restricts())
                .contains(rule("10.0.0.0/8", RestrictFlag.NOTRUST))
                .contains(rule("10.1.0.0/16", RestrictFlag.NOSERVE))
                .contains(rule("10.0.0.9", RestrictFlag.VERSION, RestrictFlag.NTPPORT))
                .contains(rule("fd00::9", RestrictFlag.VERSION, RestrictFlag.NTPPORT))
                .contains(rule("fd00::/16", RestrictFlag.FLAKE))
                .contains(rule("192.0.2.1", RestrictFlag.NOMODIFY))
                .contains(rule("::1"));
        assertThat(read("restrict 10.0.0.0 mask 255.0.255.0 noquery\n").report().print())
                .contains("ntp.conf:1:24: error: \"255.0.255.0\" is no mask for 10.0.0.0");
        assertThat(read("restrict default noqeury\n").report().print()).contains("did you mean \"noquery\"?");
    }

    private static RestrictRule rule(String prefix, RestrictFlag... flags) {
        int mask = 0;
        for (RestrictFlag flag : flags) {
            mask |= flag.mask();
        }
        return new RestrictRule(IpPrefix.parse(prefix).orElseThrow(), mask);
    }

    @Test
    void reads_the_numbers_of_tos_tinker_and_discard() {
        TimeSettings time = good("""
                tos orphanwait 1 minsane 2 maxdist 3.5 floor 2 ceiling 14
                tinker panic 0 step 0.5 stepout 60
                discard minimum 1 average 2
                broadcastdelay 0.008
                broadcastclient
                interface ignore wildcard
                interface listen eth1
                nic drop 10.0.0.0/8
                """);
        assertThat(time.selection().orphanWait()).isEqualTo(Duration.ofSeconds(1));
        assertThat(time.selection().minSane()).isEqualTo(2);
        assertThat(time.selection().maxDist()).isEqualTo(3.5);
        assertThat(time.discipline().panicThreshold()).isZero();
        assertThat(time.discipline().stepThreshold()).isEqualTo(0.5);
        assertThat(time.discipline().stepOut()).isEqualTo(60);
        assertThat(time.rates().minimum()).isEqualTo(Duration.ofSeconds(1));
        assertThat(time.receiver().volley()).isFalse();
        assertThat(time.receiver().fixedDelay()).isEqualTo(Duration.ofMillis(8));
        assertThat(time.receiver().broadcast()).isTrue();
        assertThat(time.interfaces()).hasSize(3);
        assertThat(read("tos minclok 3\ntinker step -1\n").report().print())
                .contains("did you mean \"minclock\"?")
                .contains("ntp.conf:2:8: error: step -1 is out of range; expected 0..86400");
    }

    @Test
    void includes_files_and_stops_at_a_file_that_includes_itself() {
        around.file("/etc/more", "server included\n");
        assertThat(good("includefile /etc/more\nserver own\n").sources())
                .extracting(SourceSettings::host)
                .containsExactly("included", "own");
        around.file("/etc/loop", "includefile /etc/loop\n");
        assertThat(read("includefile /etc/loop\n").report().print())
                .contains("/etc/loop:1:1: error: more than 5 files include one another");
        around.file("/etc/many", "includefile /etc/many\n".repeat(9));
        assertThat(read("includefile /etc/many\n").report().print()).contains("more than 64 files are included");
        assertThat(read("includefile /etc/none\n").report().print())
                .contains("ntp.conf:1:13: error: cannot read /etc/none: no such file");
    }

    private TimeSettings good(String text) {
        NtpConfReading reading = read(text);
        assertThat(reading.report().hasErrors()).as(reading.report().print()).isFalse();
        return reading.conf().orElseThrow().time();
    }

    private NtpConfReading read(String text) {
        return NtpConfReader.read("ntp.conf", text, around);
    }
}
