package org.ekicho.lab.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.ekicho.lab.lan.Lan;
import org.ekicho.lab.lan.Machine;
import org.ekicho.lab.lan.Outcome;
import org.ekicho.lab.peer.Ekicho;
import org.ekicho.lab.peer.Keys;
import org.ekicho.lab.peer.Ntpq;
import org.ekicho.lab.peer.PeerTest;
import org.ekicho.lab.peer.Programs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/// The tools that admins have asked ntpd with for decades, asking Ekicho.
@PeerTest
final class StatusToolsTest {
    @Test
    void real_tools_read_a_receiver_and_a_server(TestInfo test) {
        try (Lan lan = Lan.of(test)) {
            var pair = lan.pair();
            Ekicho.serve(pair.server(), ReferenceFiles.server(Keys.right(pair.server()), Keys.SHA1));
            var client = Ekicho.serve(pair.client(), ReferenceFiles.receiver(Keys.right(pair.client()), Keys.SHA1));
            Following.fromUnicastToMulticast(lan, pair.client(), client);
            for (Ntpq ntpq : new Ntpq[] {Ntpq.classic(pair.client()), Ntpq.ntpsec(pair.client())}) tables(ntpq);
            clientsOf(Ntpq.classic(pair.server()));
            clientsOf(Ntpq.ntpsec(pair.server()));
            asTheShellNtpstatAsks(pair.client());
            fromTheListedNet(pair.client());
            ntpmon(pair.client());
        }
    }

    private static void tables(Ntpq ntpq) {
        assertThat(ntpq.show("peers").out())
                .containsPattern("\\*192\\.168\\.55\\.1\\s+LOCAL\\(0\\)|\\*192\\.168\\.55\\.1 ");
        assertThat(ntpq.show("opeers").out()).containsPattern("\\*192\\.168\\.55\\.1\\s+192\\.168\\.55\\.2");
        assertThat(ntpq.show("lpeers").out()).contains("*192.168.55.1");
        assertThat(ntpq.show("associations").out()).contains("sys.peer");
        assertThat(ntpq.show("rv").out()).contains("stratum=12", "leap=00", "refid=192.168.55.1", "tc=4");
        String id = ntpq.associations().getFirst().id();
        assertThat(ntpq.show("rv " + id).out()).contains("srcadr=192.168.55.1", "keyid=11", "hmode=6", "ppoll=4");
        assertThat(ntpq.show("rv " + id + " srcadr,hpoll").out()).contains("srcadr=192.168.55.1", "hpoll=4");
        assertThat(ntpq.show("sysinfo").out()).contains("192.168.55.1").contains("stratum");
        assertThat(ntpq.show("sysstats").out()).contains("uptime");
        assertThat(ntpq.show("monstats").out()).containsIgnoringCase("enabled");
        assertThat(ntpq.show("authinfo").out()).contains("keys");
        for (String command : new String[] {"iostats", "kerninfo"}) {
            assertThat(ntpq.show(command)).satisfies(StatusToolsTest::isAnswered);
        }
    }

    private static void clientsOf(Ntpq ntpq) {
        assertThat(ntpq.show("mrulist").out()).contains("192.168.55.2");
    }

    /// The script asks with a patience of 100 ms, reads the peer's number, and asks for that peer.
    private static void asTheShellNtpstatAsks(Machine machine) {
        String[] command = {Programs.peer("ntpq-classic"), "-c", "timeout 100", "-c", "raw", "-c", "rv 0", "127.0.0.1"};
        Outcome system = machine.show(command);
        assertThat(system.out()).contains("leap=0", "stratum=12", "rootdelay=", "rootdisp=");
        assertThat(system.out()).containsPattern("status=0?x?06[0-9a-f]{2}").containsPattern("peer=[1-9][0-9]*");
        String peer = system.out().replaceAll("(?s).*peer=([0-9]+).*", "$1");
        command[6] = "rv " + peer + " srcadr,hpoll";
        assertThat(machine.show(command).out()).contains("srcadr=192.168.55.1", "hpoll=");
    }

    private static void fromTheListedNet(Machine machine) {
        assertThat(machine.show(Programs.peer("ntpq-classic"), "-n", "-c", "peers", "192.168.55.1")
                        .out())
                .contains("224.0.1.1");
    }

    private static void ntpmon(Machine machine) {
        String screen = "(sleep 5; printf q) | TERM=xterm COLUMNS=100 LINES=30 timeout 30 script -qec '"
                + Programs.peer("ntpmon-ntpsec") + " -n 127.0.0.1' /dev/null";
        String shown = machine.run("sh", "-c", screen).out().replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", " ");
        assertThat(shown).contains("192.168.55.1").doesNotContain("no peers").doesNotContain("Traceback");
    }

    private static void isAnswered(Outcome outcome) {
        assertThat(outcome.exit()).isZero();
        assertThat(outcome.out()).doesNotContain("timed out").doesNotContain("***");
    }
}
