package org.ekicho.host.clock;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.ekicho.host.linux.Errno;
import org.ekicho.host.linux.Libc;
import org.ekicho.host.linux.SystemCallException;

/// Steers the clock of this host by `clock_adjtime` (needs CAP_SYS_TIME). Nothing else of Ekicho touches it.
///
/// The rate has two parts that add up: `tick`, in steps of 100 ppm up to ±100000 ppm, and `freq`, in steps of 2^-16 ppm
/// up to ±500 ppm (kernel/time/ntp.c: `ntp_update_frequency`). Within ±500 ppm `tick` stays at its nominal value.
public final class KernelSteering implements ClockSteering {
    /// What the kernel allows `tick` to differ from nominal: 10 %.
    public static final double MOST_PPM = 100_000;

    private static final int CLOCK_REALTIME = 0;
    private static final double MOST_BY_FREQ_PPM = 500;
    private static final double PPM_PER_TICK = 100;
    private static final long NOMINAL_TICK = 10_000;
    private static final long SECOND = 1_000_000_000L;
    /// The longest step, 68 years: beyond it lies a mistake.
    private static final double MOST_SECONDS = 1L << 31;
    /// Where the kernel itself gives a clock up as unsynchronised (NTP_PHASE_LIMIT).
    private static final double MOST_ERROR_SECONDS = 16;

    /// The kernel's side of a call.
    @FunctionalInterface
    interface Kernel {
        /// @return the state, or the negated error code
        int adjust(MemorySegment timex);
    }

    private final Kernel kernel;

    public KernelSteering() {
        this(KernelSteering::adjustTime);
    }

    /// For tests: a kernel that only notes what it was told.
    KernelSteering(Kernel kernel) {
        this.kernel = kernel;
    }

    private static int adjustTime(MemorySegment timex) {
        try (Arena arena = Arena.ofConfined()) {
            return Libc.clockAdjtime(Libc.errorState(arena), CLOCK_REALTIME, timex);
        }
    }

    @Override
    public void setFrequency(double ppm) throws IOException {
        if (!(Math.abs(ppm) <= MOST_PPM)) {
            throw new IllegalArgumentException("a frequency is -100000..100000 ppm, not " + ppm);
        }
        long ticks = Math.abs(ppm) <= MOST_BY_FREQ_PPM ? 0 : Math.round(ppm / PPM_PER_TICK);
        double rest = ppm - ticks * PPM_PER_TICK;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment timex = Timex.allocate(arena);
            timex.set(JAVA_INT, Timex.MODES, Timex.ADJ_FREQUENCY | Timex.ADJ_TICK);
            timex.set(JAVA_LONG, Timex.FREQUENCY, Math.round(rest * Timex.FREQUENCY_UNIT));
            timex.set(JAVA_LONG, Timex.TICK, NOMINAL_TICK + ticks);
            call(timex, "set the clock's frequency");
        }
    }

    @Override
    public void step(double seconds) throws IOException {
        if (!(Math.abs(seconds) <= MOST_SECONDS)) {
            throw new IllegalArgumentException("a step is at most 68 years, not " + seconds + " s");
        }
        double whole = Math.floor(seconds);
        long nanos = Math.round((seconds - whole) * SECOND);
        long carry = nanos == SECOND ? 1 : 0;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment timex = Timex.allocate(arena);
            timex.set(JAVA_INT, Timex.MODES, Timex.ADJ_SETOFFSET | Timex.ADJ_NANO);
            timex.set(JAVA_LONG, Timex.SECONDS, (long) whole + carry);
            timex.set(JAVA_LONG, Timex.FRACTION, nanos - carry * SECOND);
            call(timex, "step the clock");
        }
    }

    @Override
    public void tellKernel(SyncState state, double maxErrorSeconds, double estimatedErrorSeconds, int leap)
            throws IOException {
        int status = state == SyncState.UNSYNCHRONISED ? Timex.STA_UNSYNC : 0;
        status |= leap == 1 ? Timex.STA_INS : leap == 2 ? Timex.STA_DEL : 0;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment timex = Timex.allocate(arena);
            timex.set(JAVA_INT, Timex.MODES, Timex.ADJ_STATUS | Timex.ADJ_MAXERROR | Timex.ADJ_ESTERROR);
            timex.set(JAVA_INT, Timex.STATUS, status);
            timex.set(JAVA_LONG, Timex.MAX_ERROR, micros(maxErrorSeconds));
            timex.set(JAVA_LONG, Timex.ESTIMATED_ERROR, micros(estimatedErrorSeconds));
            call(timex, "tell the kernel the state of its clock");
        }
    }

    /// Rounded up, since it is a bound; what is no number is the worst.
    private static long micros(double seconds) {
        double bounded = seconds >= 0 && seconds < MOST_ERROR_SECONDS ? seconds : MOST_ERROR_SECONDS;
        return (long) Math.ceil(bounded * 1e6);
    }

    private void call(MemorySegment timex, String what) throws IOException {
        int result = kernel.adjust(timex);
        if (result < 0) {
            String remedy = result == -Errno.EPERM
                    ? "steering needs root or CAP_SYS_TIME (in a systemd unit: AmbientCapabilities=CAP_SYS_TIME);"
                            + " containers often forbid it"
                    : "";
            throw new SystemCallException("clock_adjtime to " + what, -result, remedy);
        }
    }
}
