package org.ekicho.host.clock;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.ekicho.host.linux.Libc;
import org.ekicho.host.linux.SystemCallException;
import org.ekicho.wire.Moment;

/// The clock of this host (CLOCK_REALTIME), read to the nanosecond. Any thread may read; nothing is allocated once a
/// thread has read for the first time.
public final class KernelClock {
    private static final int CLOCK_REALTIME = 0;
    private static final long SECOND = 1_000_000_000L;
    /// Differences looked at to measure the precision; more do not change the answer.
    private static final int SAMPLES = 1000;
    /// The precision of a clock that seems to stand still: 2^-6 s, the coarsest tick of any kernel.
    private static final int COARSEST = -6;

    private static final int FINEST = -30;

    /// One `struct timespec` for each thread that reads.
    private final ThreadLocal<MemorySegment> timespec =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(16, 8));

    /// Nanoseconds since 1970-01-01 UTC.
    public long now() {
        MemorySegment memory = timespec.get();
        Libc.clockGettime(CLOCK_REALTIME, memory);
        return memory.get(ValueLayout.JAVA_LONG, 0) * SECOND + memory.get(ValueLayout.JAVA_LONG, 8);
    }

    /// Both clocks at once, for a core.
    public Moment moment() {
        return new Moment(now(), System.nanoTime());
    }

    /// How finely the clock can be read, as log2 of seconds, -30..-6: the smallest difference that two readings one
    /// after the other show (RFC 5905 §7.3: "time to read the clock", or its tick where that is longer).
    public int precision() {
        long smallest = Long.MAX_VALUE;
        long last = now();
        for (int i = 0; i < SAMPLES; i++) {
            long next = now();
            if (next > last) {
                smallest = Math.min(smallest, next - last);
            }
            last = next;
        }
        return precisionOf(smallest);
    }

    /// log2 of `nanos`, rounded up: a clock must not claim more than it has.
    static int precisionOf(long nanos) {
        int log = COARSEST;
        while (log > FINEST && nanos <= (SECOND >> -(log - 1))) {
            log--;
        }
        return log;
    }

    /// What the kernel says of its clock. Needs no right.
    public KernelClockStatus status() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment timex = Timex.allocate(arena);
            int state = Libc.clockAdjtime(Libc.errorState(arena), CLOCK_REALTIME, timex);
            if (state < 0) {
                throw new SystemCallException("clock_adjtime", -state, "a container may forbid it");
            }
            return Timex.read(timex, state);
        }
    }
}
