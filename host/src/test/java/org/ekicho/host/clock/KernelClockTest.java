package org.ekicho.host.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class KernelClockTest {
    private final KernelClock clock = new KernelClock();

    @Test
    void agrees_with_the_jdk_and_is_finer_than_100_ns() {
        long before = nanos(Instant.now());
        long now = clock.now();
        long after = nanos(Instant.now());
        assertThat(now).isBetween(before - 1_000_000, after + 1_000_000);
        boolean fine = false;
        for (int i = 0; i < 1000 && !fine; i++) {
            fine = clock.now() % 100 != 0;
        }
        assertThat(fine).as("a reading that is no multiple of 100 ns").isTrue();
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }

    @Test
    void precision_is_the_power_of_two_above_the_smallest_difference() {
        assertThat(KernelClock.precisionOf(1)).isEqualTo(-29);
        assertThat(KernelClock.precisionOf(30)).isEqualTo(-24);
        assertThat(KernelClock.precisionOf(1000)).isEqualTo(-19);
        assertThat(KernelClock.precisionOf(1_000_000)).isEqualTo(-9);
        assertThat(KernelClock.precisionOf(10_000_000)).isEqualTo(-6);
        assertThat(KernelClock.precisionOf(Long.MAX_VALUE)).isEqualTo(-6);
        assertThat(clock.precision()).isBetween(-30, -16);
    }

    @Test
    void reads_without_allocating() {
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 100 && least > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++) {
                clock.now();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).as("bytes for 10000 readings").isLessThan(10_000);
    }

    @Test
    void reads_what_the_kernel_says_of_its_clock() throws IOException {
        KernelClockStatus status = clock.status();
        assertThat(status.state()).isBetween(0, 5);
        assertThat(status.tick()).isBetween(9000L, 11000L);
        assertThat(status.frequencyPpm()).isBetween(-500.0, 500.0);
        assertThat(status.maxErrorSeconds()).isBetween(0.0, 16.0);
        assertThat(status.isSynchronised()).isEqualTo((status.statusBits() & 0x40) == 0 && status.state() != 5);
    }
}
