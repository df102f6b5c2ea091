package org.ekicho.site.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.ekicho.site.StatedSurroundings;
import org.ekicho.site.ntpkeys.KeyDialect;
import org.junit.jupiter.api.Test;

class LintTest {
    private final StatedSurroundings around =
            new StatedSurroundings().file("keys", "10 SHA1 0123456789abcdef0123456789abcdef01234567\n11 MD5 short\n");

    @Test
    void a_sound_pair_has_hints_only() {
        assertThat(lint("""
                        restrict default limited kod nomodify notrap noquery
                        keys keys
                        trustedkey 10
                        broadcast 224.0.1.1 key 10
                        server 127.127.1.0 prefer
                        fudge 127.127.1.0 stratum 10
                        """))
                .contains("nomodify and notrap are harmless")
                .contains("keys:2:8: warning: the secret of key 11 has 5 bytes")
                .contains("key 11 is MD5")
                .doesNotContain("error");
    }

    @Test
    void explains_streams_without_key_and_streams_that_collide() {
        assertThat(lint("broadcast 224.0.1.1\nbroadcast 224.0.1.1 minpoll 4\n"))
                .contains("ntp.conf:1:1: warning: this stream carries no MAC")
                .contains("ntp.conf:2:1: warning: a second stream to the same address with the same key")
                .contains("ntp.conf:2:21: hint: classic receivers keep the interval and the key id");
    }

    @Test
    void explains_receivers_that_will_never_follow_or_follow_anybody() {
        assertThat(lint("multicastclient\n"))
                .contains("ntp.conf:1:1: warning: no key is trusted, so no broadcast is ever followed")
                .contains("ntp.conf:1:1: hint: classic ntpd joins on one interface");
        assertThat(lint("disable auth\nbroadcastclient novolley\nserver 10.0.0.1\n"))
                .contains("ntp.conf:2:1: warning: with disable auth anybody in the LAN can set this clock")
                .contains("its multicasts are ignored")
                .contains("taken as 4.0 ms");
    }

    @Test
    void explains_the_waits_and_ranks_of_the_local_clock() {
        assertThat(lint("server 127.127.1.0\n"))
                .contains("believed after 300 s without another source")
                .contains("the local clock has stratum 5");
        assertThat(lint("server 127.127.1.0 prefer\nserver 10.0.0.1\n"))
                .contains("ntp.conf:1:1: warning: prefer on the local clock lets it win");
        assertThat(lint("tos orphanwait 1\nserver 127.127.1.0\nfudge 127.127.1.0 stratum 10\n"))
                .doesNotContain("believed after");
    }

    @Test
    void explains_sources_that_the_access_list_blocks() {
        assertThat(lint("restrict default ignore\nrestrict 10.0.0.1\nserver 10.0.0.1\nserver 10.0.0.2\nserver a.lan\n"))
                .contains("ntp.conf:4:8: warning: the replies of 10.0.0.2 are dropped: restrict says ignore for its")
                .contains("ntp.conf:5:8: warning: the replies of a.lan are dropped")
                .doesNotContain("replies of 10.0.0.1 ");
        assertThat(lint("restrict default notrust noquery\nserver 10.0.0.2\n"))
                .contains("notrust wants a MAC, and this line has no key")
                .contains("notrust refuses every packet without a good MAC");
    }

    @Test
    void explains_rate_limits_and_open_queries() {
        assertThat(lint("restrict default kod\n"))
                .contains("ntp.conf:1:18: warning: kod does nothing without limited; e.g. limited kod")
                .contains("ntp.conf:1:1: warning: everybody may send control queries");
        assertThat(lint("restrict default noquery limited\ndiscard minimum 3\n"))
                .contains("discard minimum 3 refuses the volleys");
    }

    @Test
    void explains_keys_that_two_programs_read_differently() {
        assertThat(Lint.keyFile(
                                "keys",
                                "7 SHA1 0123456789abcdef0123\n8 SHA256 " + "ab".repeat(20) + "\n",
                                0640,
                                KeyDialect.NTPD)
                        .print())
                .contains("keys:1:8: warning: the secret of key 7 looks hexadecimal, but with 20 characters it is text")
                .contains("keys:2:10: warning: key 8 is SHA256: classic ntpd loads it and then verifies no packet");
        assertThat(Lint.keyFile("keys", "70000 SHA1 " + "ab".repeat(20) + "\n", 0600, KeyDialect.CHRONY)
                        .print())
                .contains("looks hexadecimal, but chronyd takes it as text without HEX: in front; ntpd takes the same")
                .contains("key id 70000 has no counterpart in ntpd");
    }

    @Test
    void tells_key_files_from_ntp_confs() {
        assertThat(Lint.isKeyFile("# keys\n\n10 MD5 x\n")).isTrue();
        assertThat(Lint.isKeyFile("# conf\nserver 10.0.0.1\n")).isFalse();
        assertThat(Lint.file("k", "1 MD5 x\n", 0644, around).print()).contains("chmod 640 k");
    }

    private String lint(String text) {
        return Lint.ntpConf("ntp.conf", text, around).print();
    }
}
