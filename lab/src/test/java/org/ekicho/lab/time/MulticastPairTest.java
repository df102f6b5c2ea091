package org.ekicho.lab.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.ekicho.lab.lan.Lan;
import org.ekicho.lab.peer.Capture;
import org.ekicho.lab.peer.Ekicho;
import org.ekicho.lab.peer.Keys;
import org.ekicho.lab.peer.PeerTest;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two machines with a cable between them, no default route and no multicast route, each with its unmodified
/// `ntp.conf`.
@PeerTest
final class MulticastPairTest {
    @ParameterizedTest(name = "key_{0}")
    @ValueSource(strings = {Keys.MD5, Keys.SHA1, Keys.AES})
    void a_receiver_follows_keyed_multicast_and_real_tools_say_so(String key, TestInfo test) {
        try (Lan lan = Lan.of(test)) {
            var pair = lan.pair();
            assertThat(pair.client().run("ip", "route").out())
                    .doesNotContain("default")
                    .doesNotContain("224.");
            var capture = Capture.on(pair.client(), "eth0");
            var client = Ekicho.serve(pair.client(), ReferenceFiles.receiver(Keys.right(pair.client()), key));
            Ekicho.awaitReady(lan, client);
            Following.notSynchronised(pair.client());

            var server = Ekicho.serve(pair.server(), ReferenceFiles.server(Keys.right(pair.server()), key));
            Following.fromUnicastToMulticast(lan, pair.client(), client);
            Ekicho.show(pair.client(), "time", "assoc");
            Ekicho.show(pair.client(), "time", "peers");
            assertThat(Ekicho.show(pair.client(), "time", "stat").exit()).isZero();
            assertThat(Ekicho.show(pair.server(), "time", "clients").out()).contains("192.168.55.2");

            capture.stop();
            var multicasts = capture.ntp(5, "192.168.55.1");
            assertThat(multicasts).isNotEmpty().allSatisfy(udp -> {
                assertThat(udp.to()).isEqualTo("224.0.1.1");
                assertThat(udp.fromPort()).isEqualTo(123);
                assertThat(udp.ttl()).isEqualTo(1);
                assertThat(udp.dscp()).isEqualTo(46);
            });
            for (int i = 1; i < multicasts.size(); i++) {
                double gap = multicasts.get(i).seconds() - multicasts.get(i - 1).seconds();
                assertThat(gap).as("never early").isGreaterThanOrEqualTo(16);
            }
            assertThat(client.stop()).isIn(0, 143);
            assertThat(server.stop()).isIn(0, 143);
        }
    }
}
