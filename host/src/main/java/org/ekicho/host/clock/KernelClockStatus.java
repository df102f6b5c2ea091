package org.ekicho.host.clock;

/// What `adjtimex` says of the kernel's clock (adjtimex(2)).
///
/// @param state            0 fine, 1 a leap second will be inserted, 2 deleted, 3 one is in progress, 4 has happened,
/// 5 not synchronised
/// @param statusBits       STA_* bits
/// @param offsetSeconds    what the kernel's own loop still has to correct
/// @param frequencyPpm     correction of the rate by `freq`, without that by `tick`
/// @param maxErrorSeconds  upper bound of the error as the steering program told it, grown by 500 ppm since
/// @param estimatedErrorSeconds its estimate as the steering program told it
/// @param tick             microseconds per tick of 1/100 s; 10000 is nominal
/// @param taiOffsetSeconds TAI minus UTC; 0 when nobody told it
public record KernelClockStatus(
        int state,
        int statusBits,
        double offsetSeconds,
        double frequencyPpm,
        double maxErrorSeconds,
        double estimatedErrorSeconds,
        long tick,
        int taiOffsetSeconds) {
    private static final int STA_INS = 0x10;
    private static final int STA_DEL = 0x20;
    private static final int STA_UNSYNC = 0x40;
    private static final long NOMINAL_TICK = 10_000;
    /// One microsecond per tick of 1/100 s.
    private static final double PPM_PER_TICK = 100;

    /// Whoever steers this clock says that it is right.
    public boolean isSynchronised() {
        return (statusBits & STA_UNSYNC) == 0 && state != 5;
    }

    /// Leap second at the end of the day: 0 none, 1 insert, 2 delete.
    public int leap() {
        return (statusBits & STA_INS) != 0 ? 1 : (statusBits & STA_DEL) != 0 ? 2 : 0;
    }

    /// The whole correction of the rate: `freq` and `tick` together, positive: faster.
    public double totalFrequencyPpm() {
        return frequencyPpm + (tick - NOMINAL_TICK) * PPM_PER_TICK;
    }
}
