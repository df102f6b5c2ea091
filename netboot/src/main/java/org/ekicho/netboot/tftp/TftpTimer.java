package org.ekicho.netboot.tftp;

/// How long to wait for an acknowledgement: from measured round trips (RFC 6298), short at first since a LAN
/// answers in a millisecond, then in doubling steps that outlast a switch's or a slow client's pause of some
/// seconds.
final class TftpTimer {
    private static final long MILLI = 1_000_000;
    /// Before anything was measured (RFC 6298 §2.1).
    private static final long UNMEASURED = 1000 * MILLI;
    /// Clients write to slow memory now and then; below this, resending costs more than it saves.
    private static final long SHORTEST = 50 * MILLI;

    private static final long LONGEST_FIRST = 2000 * MILLI;
    /// The second wait at least, so that five of them make fifteen seconds.
    private static final long SECOND = 500 * MILLI;

    private static final long LONGEST = 8000 * MILLI;

    private final long agreed;
    private long smoothed;
    private long variation;

    /// @param agreedNanos the time-out that the client asked for (RFC 2349), which no wait exceeds; 0: none
    TftpTimer(long agreedNanos) {
        agreed = agreedNanos == 0 ? Long.MAX_VALUE : agreedNanos;
    }

    void measured(long nanos) {
        if (smoothed == 0) {
            smoothed = nanos;
            variation = nanos / 2;
        } else {
            variation = (3 * variation + Math.abs(smoothed - nanos)) / 4;
            smoothed = (7 * smoothed + nanos) / 8;
        }
    }

    /// The wait after the same was sent `resends` times again.
    long wait(int resends) {
        long first = smoothed == 0 ? UNMEASURED : Math.clamp(smoothed + 4 * variation, SHORTEST, LONGEST_FIRST);
        long wait = resends == 0 ? first : Math.max(SECOND, 2 * first) << (resends - 1);
        return Math.min(Math.min(wait, LONGEST), agreed);
    }
}
