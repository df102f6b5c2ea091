package org.ekicho.lab.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.ekicho.lab.lan.Lan;
import org.ekicho.lab.peer.Ekicho;
import org.ekicho.lab.peer.Keys;
import org.ekicho.lab.peer.Ntpq;
import org.ekicho.lab.peer.Ntpstat;
import org.ekicho.lab.peer.PeerTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/// Keyed multicast on a cable that has nothing but link-local IPv6 addresses.
@PeerTest
final class Ipv6MulticastTest {
    @Test
    void a_receiver_follows_a_group_of_the_link(TestInfo test) {
        try (Lan lan = Lan.of(test)) {
            var server = lan.machine("server");
            var receiver = lan.machine("client");
            lan.cable(server, "eth0", receiver, "eth0");
            var served = Ekicho.serve(server, """
                    keys %s
                    trustedkey 12
                    broadcast ff02::101 key 12 minpoll 4
                    server 127.127.1.0 minpoll 4
                    fudge 127.127.1.0 stratum 10
                    tos orphanwait 1
                    """.formatted(Keys.right(server)));
            var daemon = Ekicho.serve(receiver, """
                    multicastclient ff02::101
                    keys %s
                    trustedkey 12
                    """.formatted(Keys.right(receiver)));
            Ntpq ntpq = Ntpq.classic(receiver);
            lan.await(
                    "a system peer by multicast",
                    120,
                    () -> ntpq.peers().stream()
                            .anyMatch(row -> row.tally() == '*'
                                    && row.type().equals("b")
                                    && row.remote().startsWith("fe80")),
                    () -> ntpq.ask("lpeers").out() + daemon.log() + served.log());
            ntpq.show("peers");
            assertThat(ntpq.show("associations").out()).containsPattern("no\\s+yes\\s+ok\\s+sys.peer");
            assertThat(Ntpstat.on(receiver).show().exit()).isZero();
            Ekicho.show(receiver, "time", "assoc");
        }
    }
}
