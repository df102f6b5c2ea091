package org.ekicho.lab.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.ekicho.lab.lan.Lan;
import org.ekicho.lab.lan.Machine;
import org.ekicho.lab.peer.Capture;
import org.ekicho.lab.peer.Ekicho;
import org.ekicho.lab.peer.Keys;
import org.ekicho.lab.peer.Ntpq;
import org.ekicho.lab.peer.PeerTest;
import org.ekicho.lab.peer.Script;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/// A server with a foot in two VLANs and in a network that must not hear of it. A VLAN is to a program an interface
/// like
/// any other, so each has a cable of its own here, and no 802.1Q is asked of the kernel that runs the test.
@PeerTest
final class VlanServerTest {
    @Test
    void receivers_on_both_vlans_follow_and_the_third_network_hears_nothing(TestInfo test) {
        try (Lan lan = Lan.of(test)) {
            Machine server = lan.machine("server");
            Machine ten = neighbour(lan, server, 10);
            Machine twenty = neighbour(lan, server, 20);
            Machine quiet = neighbour(lan, server, 30);
            var silence = Capture.on(quiet, "eth0");
            var daemon = Ekicho.serve(server, """
                    interface listen vlan10
                    interface listen vlan20
                    keys %s
                    trustedkey 10
                    broadcast 224.0.1.1 key 10 minpoll 4
                    server 127.127.1.0 minpoll 4
                    fudge 127.127.1.0 stratum 10
                    tos orphanwait 1
                    """.formatted(Keys.right(server)));
            for (Machine receiver : new Machine[] {ten, twenty}) {
                Ekicho.serve(receiver, """
                        multicastclient 224.0.1.1
                        keys %s
                        trustedkey 10
                        """.formatted(Keys.right(receiver)));
            }
            follows(lan, ten, "192.168.10.1", daemon.log());
            follows(lan, twenty, "192.168.20.1", daemon.log());

            assertThat(Script.whoAnswers(ten, "192.168.10.1")).isEqualTo("192.168.10.1 mode 4");
            ten.must("ip", "route", "add", "192.168.20.0/24", "via", "192.168.10.1");
            assertThat(Script.whoAnswers(ten, "192.168.20.1"))
                    .as("asked on another of its addresses, it answers from that one")
                    .isEqualTo("192.168.20.1 mode 4");
            assertThat(Script.whoAnswers(quiet, "192.168.30.1")).doesNotContain("mode 4");

            silence.stop();
            assertThat(silence.datagrams())
                    .filteredOn(udp -> udp.from().startsWith("192.168.30.1"))
                    .isEmpty();
        }
    }

    private static Machine neighbour(Lan lan, Machine server, int vlan) {
        Machine machine = lan.machine("host" + vlan);
        lan.cable(server, "vlan" + vlan, machine, "eth0");
        server.address("vlan" + vlan, "192.168." + vlan + ".1/24");
        machine.address("eth0", "192.168." + vlan + ".2/24");
        return machine;
    }

    private static void follows(Lan lan, Machine receiver, String server, String log) {
        Ntpq ntpq = Ntpq.classic(receiver);
        lan.await(
                receiver + " follows " + server,
                120,
                () -> ntpq.peer(server)
                        .filter(row -> row.tally() == '*' && row.type().equals("b"))
                        .isPresent(),
                () -> ntpq.ask("lpeers").out() + log);
        ntpq.show("peers");
    }
}
