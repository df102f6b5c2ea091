package org.ekicho.ntp.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PathDelayTest {
    private final PathDelay delay = new PathDelay();

    private double after(double... roundTrips) {
        for (double roundTrip : roundTrips) {
            delay.measured(roundTrip, 0);
        }
        return delay.roundTripSeconds();
    }

    @Test
    void believes_the_first_and_every_shorter_one() {
        assertThat(after(0.002)).isEqualTo(0.002);
        assertThat(after(0.001)).isEqualTo(0.001);
        assertThat(delay.oneWaySeconds()).isEqualTo(0.0005);
    }

    @Test
    void a_single_long_one_changes_nothing() {
        assertThat(after(0.001, 1.8)).isEqualTo(0.001);
        assertThat(after(0.001, 1.8)).isEqualTo(0.001);
    }

    @Test
    void two_long_ones_in_a_row_are_a_new_path() {
        assertThat(after(0.001, 0.020, 0.018)).isEqualTo(0.018);
    }
}
