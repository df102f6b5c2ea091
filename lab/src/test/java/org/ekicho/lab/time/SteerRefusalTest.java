package org.ekicho.lab.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.ekicho.lab.lan.Daemon;
import org.ekicho.lab.lan.Lan;
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
            machine.pretend("chronyd");
            Path file = machine.file(
                    "ntp.conf", "server 192.168.55.1 key 10\nkeys " + Keys.right(machine) + "\ntrustedkey 10\n");
            var daemon = Ekicho.steer(machine, file);
            lan.await(
                    "it says what it does with the clock",
                    60,
                    () -> says(daemon).contains("steer"),
                    daemon::log);
            lan.transcript().note(says(daemon));
            assertThat(says(daemon)).contains("chronyd");
            assertThat(daemon.end()).as("refuses to start").isNotZero();
        }
    }

    /// Its log without the folder of this test, whose name tells too much.
    private static String says(Daemon daemon) {
        return daemon.log().replaceAll("/\\S*", "");
    }
}
