package org.ekicho.host.clock;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.ekicho.host.clock.ClockSteering.SyncState;
import org.ekicho.host.linux.Errno;
import org.junit.jupiter.api.Test;

/// Only ever with a pretend kernel: no test touches the clock of the machine.
class KernelSteeringTest {
    private int modes;
    private int status;
    private long frequency;
    private long tick;
    private long seconds;
    private long fraction;
    private long maxError;
    private long estimatedError;
    private final KernelSteering steering = new KernelSteering(this::note);

    private int note(MemorySegment timex) {
        modes = timex.get(JAVA_INT, Timex.MODES);
        status = timex.get(JAVA_INT, Timex.STATUS);
        frequency = timex.get(JAVA_LONG, Timex.FREQUENCY);
        tick = timex.get(JAVA_LONG, Timex.TICK);
        seconds = timex.get(JAVA_LONG, Timex.SECONDS);
        fraction = timex.get(JAVA_LONG, Timex.FRACTION);
        maxError = timex.get(JAVA_LONG, Timex.MAX_ERROR);
        estimatedError = timex.get(JAVA_LONG, Timex.ESTIMATED_ERROR);
        return 0;
    }

    @Test
    void small_frequencies_leave_the_tick_alone() throws IOException {
        steering.setFrequency(-499.5);
        assertThat(modes).isEqualTo(Timex.ADJ_FREQUENCY | Timex.ADJ_TICK);
        assertThat(tick).isEqualTo(10_000);
        assertThat(frequency).isEqualTo(Math.round(-499.5 * 65536));
    }

    @Test
    void large_frequencies_are_split_between_tick_and_freq() throws IOException {
        for (double ppm : new double[] {500.01, -777.7, 12_345.678, 100_000, -100_000, 99_960}) {
            steering.setFrequency(ppm);
            assertThat((tick - 10_000) * 100 + frequency / 65536.0)
                    .isCloseTo(ppm, org.assertj.core.api.Assertions.within(1e-4));
            assertThat(tick).isBetween(9000L, 11_000L);
            assertThat(Math.abs(frequency)).isLessThanOrEqualTo(500 << 16);
        }
        assertThatThrownBy(() -> steering.setFrequency(100_001)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> steering.setFrequency(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void steps_backward_with_a_fraction_that_is_not_negative() throws IOException {
        steering.step(-1.25);
        assertThat(modes).isEqualTo(Timex.ADJ_SETOFFSET | Timex.ADJ_NANO);
        assertThat(seconds).isEqualTo(-2);
        assertThat(fraction).isEqualTo(750_000_000);
        steering.step(0.9999999999);
        assertThat(seconds).isEqualTo(1);
        assertThat(fraction).isZero();
        assertThatThrownBy(() -> steering.step(1e12)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tells_the_kernel_state_errors_and_leap() throws IOException {
        steering.tellKernel(SyncState.SYNCHRONISED, 0.0012345001, 5e-7, 1);
        assertThat(modes).isEqualTo(Timex.ADJ_STATUS | Timex.ADJ_MAXERROR | Timex.ADJ_ESTERROR);
        assertThat(status).isEqualTo(Timex.STA_INS);
        assertThat(maxError).isEqualTo(1235);
        assertThat(estimatedError).isEqualTo(1);
        steering.tellKernel(SyncState.UNSYNCHRONISED, Double.NaN, 1e9, 2);
        assertThat(status).isEqualTo(Timex.STA_UNSYNC | Timex.STA_DEL);
        assertThat(maxError).isEqualTo(16_000_000);
        assertThat(estimatedError).isEqualTo(16_000_000);
    }

    @Test
    void without_the_right_it_says_what_to_do() {
        KernelSteering refused = new KernelSteering(timex -> -Errno.EPERM);
        assertThatThrownBy(() -> refused.step(1))
                .hasMessageContaining("step the clock")
                .hasMessageContaining("EPERM")
                .hasMessageContaining("CAP_SYS_TIME");
    }
}
