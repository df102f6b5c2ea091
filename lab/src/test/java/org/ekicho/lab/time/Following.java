package org.ekicho.lab.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.ekicho.lab.lan.Daemon;
import org.ekicho.lab.lan.Lan;
import org.ekicho.lab.lan.Machine;
import org.ekicho.lab.peer.Ntpq;
import org.ekicho.lab.peer.Ntpstat;

/// What every receiver of keyed multicast goes through, as `ntpq` and `ntpstat` tell it.
final class Following {
    private static final String SERVER = "192.168.55.1";

    private Following() {}

    /// From unsynchronised, by a volley over unicast, to a system peer by multicast.
    static void fromUnicastToMulticast(Lan lan, Machine receiver, Daemon daemon) {
        Ntpq ntpq = Ntpq.classic(receiver);
        lan.await(
                "an association by unicast, for the volley",
                60,
                () -> ntpq.peer(SERVER).filter(row -> row.type().equals("u")).isPresent(),
                () -> picture(ntpq, daemon));
        ntpq.show("peers");
        lan.await(
                "a system peer by multicast",
                120,
                () -> ntpq.peer(SERVER)
                        .filter(row -> row.tally() == '*' && row.type().equals("b"))
                        .isPresent(),
                () -> picture(ntpq, daemon));
        ntpq.show("peers");
        ntpq.show("associations");
        ntpq.show("rv");
        var association = ntpq.associations().stream()
                .filter(row -> row.condition().equals("sys.peer"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(picture(ntpq, daemon)));
        assertThat(association.configured()).isEqualTo("no");
        assertThat(association.reach()).isEqualTo("yes");
        assertThat(association.auth()).isEqualTo("ok");
        var stat = Ntpstat.on(receiver).show();
        assertThat(stat.out()).startsWith("synchronised to NTP server (" + SERVER + ") at stratum 12");
        assertThat(stat.exit()).isZero();
    }

    /// Is not synchronised, and knows no system peer.
    static void notSynchronised(Machine receiver) {
        assertThat(Ntpq.classic(receiver).show("peers").lines()).noneMatch(line -> line.startsWith("*" + SERVER));
        var stat = Ntpstat.on(receiver).show();
        assertThat(stat.out()).startsWith("unsynchronised");
        assertThat(stat.exit()).isEqualTo(1);
    }

    private static String picture(Ntpq ntpq, Daemon daemon) {
        return ntpq.ask("lpeers").out() + ntpq.ask("associations").out() + daemon.log();
    }
}
