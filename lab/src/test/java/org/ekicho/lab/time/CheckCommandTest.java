package org.ekicho.lab.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.ekicho.lab.lan.Lan;
import org.ekicho.lab.lan.Outcome;
import org.ekicho.lab.peer.ClassicNtpd;
import org.ekicho.lab.peer.Ekicho;
import org.ekicho.lab.peer.Keys;
import org.ekicho.lab.peer.PeerTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/// What `ekicho check` tells before anything is started.
@PeerTest
final class CheckCommandTest {
    @Test
    void five_mistakes_are_told_at_once_each_with_its_place(TestInfo test) {
        try (Lan lan = Lan.of(test)) {
            var machine = lan.machine("host");
            Path file = machine.file("ekicho.toml", """
                    [site]
                    nmae = "lab"

                    [time]
                    clock = "steering"
                    port = 70000

                    [[time.server]]
                    address = "ntp1.lan"
                    iburst = "yes"

                    [[time.restrict]]
                    net = "192.168.55.0/33"
                    """);
            Outcome outcome = Ekicho.show(machine, "check", file.toString());
            assertThat(outcome.exit()).isEqualTo(1);
            List<String> errors = outcome.lines().stream()
                    .filter(line -> line.matches(".*ekicho\\.toml:\\d+:\\d+: error: .*"))
                    .toList();
            assertThat(errors).hasSize(5);
            assertThat(errors.getFirst()).contains("ekicho.toml:2:").contains("did you mean \"name\"");
            assertThat(errors).filteredOn(line -> line.contains("expected")).hasSizeGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void a_port_in_use_names_the_process_that_owns_it(TestInfo test) {
        try (Lan lan = Lan.of(test)) {
            var machine = lan.machine("host");
            var ntpd = ClassicNtpd.start(machine, "disable kernel\nserver 127.127.1.0\n");
            lan.await("ntpd listens", 30, () -> ntpd.log().contains("127.0.0.1:123"), ntpd::log);
            Path file = machine.file("ekicho.toml", "[site]\nname = \"lab\"\n\n[time]\nclock = \"observe\"\n");
            Outcome outcome = Ekicho.show(machine, "check", "--plan", file.toString());
            assertThat(outcome.exit()).isEqualTo(1);
            assertThat(outcome.out()).contains("ntpd").contains("123").contains(ntpd.pid());
        }
    }

    @Test
    void a_key_file_that_others_can_read_is_refused_with_the_command_that_mends_it(TestInfo test) throws Exception {
        try (Lan lan = Lan.of(test)) {
            var machine = lan.machine("host");
            Path keys = Path.of(Keys.right(machine));
            Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-r--r--"));
            Path file = machine.file("ntp.conf", "disable ntp\nkeys " + keys + "\ntrustedkey 10\n");
            Outcome outcome = Ekicho.show(machine, "check", file.toString());
            assertThat(outcome.exit()).isEqualTo(1);
            assertThat(outcome.out()).contains("chmod 640 " + keys);

            machine.must("chmod", "0640", keys.toString());
            assertThat(Ekicho.show(machine, "check", file.toString()).exit()).isZero();
        }
    }
}
