package org.ekicho.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ekicho.host.TimeDaemon.Steering;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimeDaemonsTest {
    private static final String ALL = "000001ffffffffff";
    private static final String WITHOUT_TIME = "000001fffdffffff";

    @TempDir
    Path proc;

    private void process(int pid, String comm, String arguments, String capabilities, String unit) throws IOException {
        Path process = Files.createDirectory(proc.resolve(Integer.toString(pid)));
        Files.writeString(process.resolve("comm"), comm + "\n");
        Files.writeString(process.resolve("cmdline"), arguments.replace(' ', '\0') + "\0");
        Files.writeString(process.resolve("status"), "Name:\t" + comm + "\nCapEff:\t" + capabilities + "\n");
        Files.writeString(process.resolve("cgroup"), "0::/system.slice/" + unit + "\n");
    }

    private Steering steering(String name) {
        return new TimeDaemons(proc)
                .running().stream()
                        .filter(daemon -> daemon.name().equals(name))
                        .findFirst()
                        .orElseThrow()
                        .steering();
    }

    @Test
    void a_daemon_with_the_right_steers() throws IOException {
        process(812, "chronyd", "/usr/sbin/chronyd -F 1", ALL, "chrony.service");
        process(900, "bash", "bash -x", ALL, "user.slice");
        TimeDaemons daemons = new TimeDaemons(proc);
        assertThat(daemons.running()).hasSize(1);
        assertThat(daemons.steerer()).hasValueSatisfying(daemon -> {
            assertThat(daemon).hasToString("chronyd (pid 812, chrony.service)");
            assertThat(daemon.why()).contains("-x");
        });
    }

    @Test
    void chronyd_with_x_does_not_steer() throws IOException {
        process(1, "chronyd", "/usr/sbin/chronyd -x -d", ALL, "a.service");
        assertThat(steering("chronyd")).isEqualTo(Steering.NO);
        assertThat(new TimeDaemons(proc).steerer()).isEmpty();
    }

    @Test
    void letters_may_be_joined_and_values_are_no_letters() throws IOException {
        process(1, "chronyd", "chronyd -dx", ALL, "a.service");
        assertThat(steering("chronyd")).isEqualTo(Steering.NO);
        Files.writeString(proc.resolve("1/cmdline"), "chronyd\0-f\0/etc/x.conf\0-Lx\0");
        assertThat(steering("chronyd")).isEqualTo(Steering.YES);
    }

    @Test
    void a_daemon_without_the_right_does_not_steer() throws IOException {
        process(5, "ntpd", "/usr/sbin/ntpd -g", WITHOUT_TIME, "ntp.service");
        process(6, "systemd-timesyn", "/usr/lib/systemd/systemd-timesyncd", WITHOUT_TIME, "x");
        assertThat(steering("ntpd")).isEqualTo(Steering.NO);
        assertThat(steering("systemd-timesyncd")).isEqualTo(Steering.NO);
    }

    @Test
    void ptp4l_may_or_may_not() throws IOException {
        process(5, "ptp4l", "ptp4l -i eth0", ALL, "ptp.service");
        assertThat(steering("ptp4l")).isEqualTo(Steering.PERHAPS);
    }

    @Test
    void this_process_has_capabilities_that_can_be_read() {
        RawCapabilities own = RawCapabilities.own();
        assertThat(own)
                .isEqualTo(RawCapabilities.of(
                        Path.of("/proc/" + ProcessHandle.current().pid())));
        assertThat(new RawCapabilities(1L << 10).mayBindLowPorts()).isTrue();
        assertThat(new RawCapabilities(1L << 25).maySteerClock()).isTrue();
        assertThat(new RawCapabilities(1L << 13).mayUseRawSockets()).isTrue();
        assertThat(new RawCapabilities(~(1L << 25)).maySteerClock()).isFalse();
        assertThat(RawCapabilities.of(proc).bits()).isZero();
    }
}
