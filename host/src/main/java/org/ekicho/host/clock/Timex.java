package org.ekicho.host.clock;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// `struct timex` of 64-bit Linux (adjtimex(2)).
final class Timex {
    static final int SIZE = 208;
    static final int MODES = 0;
    static final int OFFSET = 8;
    static final int FREQUENCY = 16;
    static final int MAX_ERROR = 24;
    static final int ESTIMATED_ERROR = 32;
    static final int STATUS = 40;
    static final int SECONDS = 72;
    /// Microseconds, or nanoseconds where ADJ_NANO says so.
    static final int FRACTION = 80;

    static final int TICK = 88;
    static final int TAI = 160;

    static final int ADJ_FREQUENCY = 0x2;
    static final int ADJ_MAXERROR = 0x4;
    static final int ADJ_ESTERROR = 0x8;
    static final int ADJ_STATUS = 0x10;
    static final int ADJ_SETOFFSET = 0x100;
    static final int ADJ_NANO = 0x2000;
    static final int ADJ_TICK = 0x4000;
    static final int STA_INS = 0x10;
    static final int STA_DEL = 0x20;
    static final int STA_UNSYNC = 0x40;
    static final int STA_NANO = 0x2000;

    /// `freq` is in ppm with 16 fractional bits.
    static final double FREQUENCY_UNIT = 65536;

    private static final double MICRO = 1e-6;

    private Timex() {}

    /// All zero: asks, changes nothing.
    static MemorySegment allocate(Arena arena) {
        return arena.allocate(SIZE, 8);
    }

    static KernelClockStatus read(MemorySegment timex, int state) {
        int status = timex.get(JAVA_INT, STATUS);
        double unit = (status & STA_NANO) != 0 ? 1e-9 : MICRO;
        return new KernelClockStatus(
                state,
                status,
                timex.get(JAVA_LONG, OFFSET) * unit,
                timex.get(JAVA_LONG, FREQUENCY) / FREQUENCY_UNIT,
                timex.get(JAVA_LONG, MAX_ERROR) * MICRO,
                timex.get(JAVA_LONG, ESTIMATED_ERROR) * MICRO,
                timex.get(JAVA_LONG, TICK),
                timex.get(JAVA_INT, TAI));
    }
}
