package org.ekicho.daemon.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class PretendClockTest {
    @Test
    void starts_as_wrong_as_told_and_steps() {
        PretendClock clock = new PretendClock(5, 0);
        assertThat(clock.aheadSeconds()).isCloseTo(5, within(0.5));
        clock.step(-5);
        assertThat(clock.aheadSeconds()).isCloseTo(0, within(0.5));
    }

    @Test
    void the_frequency_correction_cancels_its_error() {
        PretendClock clock = new PretendClock(0, 100_000);
        clock.setFrequency(-100_000);
        long monotonic = System.nanoTime();
        long shown = clock.nowNanos();
        while (System.nanoTime() - monotonic < 20_000_000) {
            Thread.onSpinWait();
        }
        long elapsed = System.nanoTime() - monotonic;
        assertThat((clock.nowNanos() - shown) / (double) elapsed).isCloseTo(1, within(0.05));
    }

    @Test
    void turns_stamps_of_the_host_into_its_own_time() {
        PretendClock clock = new PretendClock(100, 0);
        Instant now = Instant.now();
        long host = now.getEpochSecond() * 1_000_000_000L + now.getNano();
        assertThat((clock.receivedNanos(host) - host) * 1e-9).isCloseTo(100, within(0.01));
    }
}
