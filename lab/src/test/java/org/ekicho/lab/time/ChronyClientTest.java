package org.ekicho.lab.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.ekicho.lab.lan.Lan;
import org.ekicho.lab.peer.Chronyd;
import org.ekicho.lab.peer.Ekicho;
import org.ekicho.lab.peer.Keys;
import org.ekicho.lab.peer.PeerTest;
import org.ekicho.ntp.NtpReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Ekicho and chronyd.
@PeerTest
final class ChronyClientTest {
    @ParameterizedTest(name = "key_{0}")
    @ValueSource(strings = {Keys.MD5, Keys.SHA1, Keys.AES})
    void chronyd_selects_our_server_under_a_key(String key, TestInfo test) {
        try (Lan lan = Lan.of(test)) {
            var pair = lan.pair();
            var server = Ekicho.serve(pair.server(), ReferenceFiles.server(Keys.right(pair.server()), key));
            var client = Chronyd.start(pair.client(), """
                    server 192.168.55.1 key %s iburst minpoll 2 maxpoll 2
                    keyfile %s
                    cmdport 0
                    """.formatted(key, Keys.chrony(pair.client())));
            lan.await(
                    "chronyd selects our server",
                    90,
                    () -> Chronyd.ask(pair.client(), "sources").lines().stream()
                            .anyMatch(line -> line.startsWith("^* 192.168.55.1")),
                    () -> Chronyd.ask(pair.client(), "sources").out() + client.log() + server.log());
            Chronyd.show(pair.client(), "sources");
            assertThat(Chronyd.show(pair.client(), "authdata").out())
                    .containsPattern("192\\.168\\.55\\.1\\s+SK\\s+" + key + "\\s+");
        }
    }

    @Test
    void our_receiver_refuses_the_keyless_broadcast_of_chronyd_and_says_why(TestInfo test) {
        try (Lan lan = Lan.of(test)) {
            var pair = lan.pair();
            pair.server().must("ip", "route", "add", "224.0.0.0/4", "dev", "eth0");
            Chronyd.start(pair.server(), """
                    local stratum 8
                    allow 192.168.55.0/24
                    broadcast 10 224.0.1.1
                    cmdport 0
                    """);
            var client = Ekicho.serve(pair.client(), ReferenceFiles.receiver(Keys.right(pair.client()), Keys.MD5));
            Refusal.isSaid(lan, pair.client(), client, NtpReason.MISSING_MAC);
            Following.notSynchronised(pair.client());
        }
    }
}
