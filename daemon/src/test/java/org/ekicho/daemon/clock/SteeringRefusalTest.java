package org.ekicho.daemon.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.ekicho.host.RawCapabilities;
import org.ekicho.host.TimeDaemon;
import org.junit.jupiter.api.Test;

class SteeringRefusalTest {
    private static final RawCapabilities ALL = new RawCapabilities(-1);
    private static final RawCapabilities NONE = new RawCapabilities(0);
    private static final TimeDaemon CHRONYD = new TimeDaemon(
            "chronyd", 812, Optional.of("chrony.service"), TimeDaemon.Steering.YES, "it has the right to");

    @Test
    void names_the_daemon_that_steers_already_and_how_to_stop_it() {
        assertThat(SteeringRefusal.of(Optional.of(CHRONYD), ALL))
                .hasValueSatisfying(refusal -> assertThat(refusal.sentence())
                        .contains("chronyd (pid 812, chrony.service) steers it already")
                        .contains("systemctl disable --now chrony.service"));
    }

    @Test
    void says_which_right_is_missing() {
        assertThat(SteeringRefusal.of(Optional.empty(), NONE))
                .hasValueSatisfying(refusal -> assertThat(refusal.sentence()).contains("CAP_SYS_TIME", "disable ntp"));
    }

    @Test
    void refuses_nobody_who_may() {
        assertThat(SteeringRefusal.of(Optional.empty(), ALL)).isEmpty();
    }
}
