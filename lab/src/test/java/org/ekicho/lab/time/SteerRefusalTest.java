package org.ekicho.lab.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.ekicho.lab.lan.Lan;
import org.ekicho.lab.peer.Chronyd;
import org.ekicho.lab.peer.Ekicho;
import org.ekicho.lab.peer.Keys;
import org.ekicho.lab.peer.PeerTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/// Two programs that steer one clock harm it.
@PeerTest
final class SteerRefusalTest {
    @Test
    void never_steers_beside_chronyd_and_names_it(TestInfo test) {
        try (Lan lan = Lan.of(test)) {
            var machine = lan.machine("host");
            var chronyd = Chronyd.start(machine, "local stratum 8\nport 0\ncmdport 0\n");
            lan.await(
                    "chronyd answers",
                    30,
                    () -> Chronyd.ask(machine, "tracking").exit() == 0,
                    chronyd::log);
            Path file = machine.file(
                    "ntp.conf", "server 192.168.55.1 key 10\nkeys " + Keys.right(machine) + "\ntrustedkey 10\n");
            var daemon = Ekicho.steer(machine, file);
            lan.await(
                    "the log names who steers already",
                    60,
                    () -> daemon.log().contains("chronyd") || !daemon.runs(),
                    daemon::log);
            lan.transcript().note(daemon.log());
            assertThat(daemon.log()).contains("chronyd");
        }
    }
}
