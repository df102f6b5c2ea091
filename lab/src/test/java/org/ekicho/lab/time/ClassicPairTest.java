package org.ekicho.lab.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.ekicho.lab.lan.Lan;
import org.ekicho.lab.peer.ClassicNtpd;
import org.ekicho.lab.peer.Keys;
import org.ekicho.lab.peer.Ntpq;
import org.ekicho.lab.peer.Ntpstat;
import org.ekicho.lab.peer.PeerTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/// The yardstick: what a classic server and a classic receiver do with each other on this machine.
@PeerTest
final class ClassicPairTest {
    @Test
    void a_classic_receiver_follows_a_classic_multicast_server(TestInfo test) {
        try (Lan lan = Lan.of(test)) {
            var pair = lan.pair();
            ClassicFiles.multicastRoute(pair.client());
            var server = ClassicNtpd.start(pair.server(), ClassicFiles.server(Keys.right(pair.server()), Keys.MD5));
            var client = ClassicNtpd.start(pair.client(), ClassicFiles.receiver(Keys.right(pair.client()), Keys.MD5));
            var ntpq = Ntpq.classic(pair.client());
            lan.await(
                    "an association by unicast, for the volley",
                    90,
                    () -> ntpq.peer("192.168.55.1")
                            .filter(row -> row.type().equals("u"))
                            .isPresent(),
                    () -> server.log() + client.log());
            assertThat(Ntpstat.on(pair.client()).show().exit()).isEqualTo(1);
            lan.await(
                    "a system peer by multicast",
                    120,
                    () -> ntpq.peer("192.168.55.1")
                            .filter(row -> row.tally() == '*' && row.type().equals("b"))
                            .isPresent(),
                    () -> ntpq.ask("peers").out() + client.log());
            ntpq.show("peers");
            assertThat(ntpq.show("associations").out()).contains("sys.peer");
            var association = ntpq.associations().getFirst();
            assertThat(association.configured()).isEqualTo("no");
            assertThat(association.auth()).isEqualTo("ok");
            assertThat(Ntpstat.on(pair.client()).show().exit()).isZero();
            assertThat(client.stop()).isZero();
            assertThat(server.stop()).isZero();
        }
    }
}
