package org.ekicho.lab.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.ekicho.lab.lan.Daemon;
import org.ekicho.lab.lan.Lan;
import org.ekicho.lab.peer.Capture;
import org.ekicho.lab.peer.Ekicho;
import org.ekicho.lab.peer.PeerTest;
import org.ekicho.lab.peer.Programs;
import org.ekicho.lab.peer.Script;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/// Two machines with two cables between them, without a default route and without a multicast route.
@PeerTest
final class MulticastToolsTest {
    private static final String GROUP = "239.1.2.3";

    private static Lan.Pair twoCables(Lan lan) {
        Lan.Pair pair = lan.pair();
        lan.cable(pair.server(), "eth1", pair.client(), "eth1");
        pair.server().address("eth1", "192.168.56.1/24");
        pair.client().address("eth1", "192.168.56.2/24");
        return pair;
    }

    @Test
    void what_is_sent_leaves_by_the_named_interface_and_the_listener_says_by_which_it_came(TestInfo test) {
        try (Lan lan = Lan.of(test)) {
            Lan.Pair pair = twoCables(lan);
            Capture silent = Capture.on(pair.client(), "eth0");
            Capture heard = Capture.on(pair.client(), "eth1");
            Daemon listener =
                    pair.client().start("listen", Programs.ekicho(), "multicast", "listen", GROUP, "--count", "3");
            lan.await("it listens", 60, () -> listener.log().contains("listening to"), listener::log);

            assertThat(Ekicho.show(
                                    pair.server(),
                                    "multicast",
                                    "send",
                                    GROUP,
                                    "-i",
                                    "eth1",
                                    "--ttl",
                                    "7",
                                    "-c",
                                    "3",
                                    "--interval",
                                    "100")
                            .exit())
                    .isZero();
            lan.await("it ends after three", 60, () -> !listener.runs(), listener::log);
            assertThat(listener.log())
                    .contains("on eth0, eth1")
                    .contains("eth1  from 192.168.56.1 (its eth1): 3 came, 0 lost, 0 twice, 0 late");

            lan.await("the capture has them", 30, () -> heard.datagrams().size() >= 3, listener::log);
            silent.stop();
            heard.stop();
            assertThat(silent.datagrams()).isEmpty();
            assertThat(heard.datagrams()).hasSize(3).allSatisfy(udp -> {
                assertThat(udp.from()).isEqualTo("192.168.56.1");
                assertThat(udp.to()).isEqualTo(GROUP);
                assertThat(udp.ttl()).isEqualTo(7);
                assertThat(udp.dscp()).isEqualTo(46);
            });
        }
    }

    @Test
    void the_doctor_sees_route_membership_querier_and_what_is_broken(TestInfo test) {
        try (Lan lan = Lan.of(test)) {
            Lan.Pair pair = twoCables(lan);
            Daemon listener = pair.client()
                    .start("listen", Programs.ekicho(), "multicast", "listen", GROUP, "-i", "eth0", "--for", "600");
            lan.await("it listens", 60, () -> listener.log().contains("listening to"), listener::log);
            Daemon doctor =
                    pair.client().start("doctor", Programs.ekicho(), "doctor", "multicast", GROUP, "--wait", "20");
            while (doctor.runs()) {
                Script.igmpQuery(pair.server(), "192.168.55.1");
                Lan.pause(Duration.ofSeconds(1));
            }
            assertThat(doctor.log())
                    .contains("eth0: sends and receives", "joined by 1 socket", "querier 192.168.55.1 (IGMPv2)")
                    .contains("eth1: fit; nobody on this host has joined " + GROUP)
                    .contains("no querier heard in 20 s (they ask every two minutes)")
                    .contains("The kernel has no route to " + GROUP)
                    .contains("This host can use " + GROUP + " on eth0, eth1.");

            pair.client().must("ip", "link", "set", "eth0", "multicast", "off");
            pair.client().must("ip", "link", "set", "eth1", "down");
            pair.client().must("sysctl", "-qw", "net.ipv4.conf.all.rp_filter=1");
            var broken = Ekicho.show(pair.client(), "doctor", "multicast", GROUP, "--wait", "0");
            assertThat(broken.exit()).isEqualTo(1);
            assertThat(broken.out())
                    .contains("eth0: its multicast flag is off", "try: ip link set eth0 multicast on")
                    .contains("eth1: it is down", "try: ip link set eth1 up")
                    .contains("rp_filter strict")
                    .contains("Try: ip link set eth0 multicast on");
        }
    }
}
