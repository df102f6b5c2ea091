package org.ekicho.ntp.access;

import java.time.Duration;

/// Holds addresses under `restrict limited` to the rates of `discard`, as classic ntpd does: a bucket per address
/// that each request fills by the average interval and time empties second by second. It holds eight intervals, so
/// the opening volley of a client (six to eight packets, 2 s apart) passes at once.
public final class RateLimiter {
    /// What a request may expect.
    public enum Verdict {
        /// An answer.
        PASS,
        /// A kiss-o'-death, if it is wanted: the first request too many since the bucket had room.
        TELL,
        /// Nothing.
        DROP
    }

    private static final long SECOND = 1_000_000_000L;
    /// Average intervals that a bucket holds (classic NTP_SHIFT).
    private static final int DEPTH = 8;
    /// Clients that keep to the minimum by a timer come early now and then: classic rounds the interval to whole
    /// seconds and forgives one more.
    private static final long MINIMUM_GRACE = SECOND + SECOND / 2;
    /// A request fills this much less than the average interval, so that a client at exactly the average, with
    /// jitter, is never limited.
    private static final long AVERAGE_GRACE = 2 * SECOND;

    private final long minimum;
    private final long average;

    /// @param averageLog2 log2 of the least average interval in seconds, 0..16
    /// @param minimum     least interval between two requests
    public RateLimiter(int averageLog2, Duration minimum) {
        this.minimum = minimum.toNanos();
        this.average = SECOND << averageLog2;
    }

    /// Judges a request of the address in `row` and fills its bucket.
    public Verdict judge(ClientTable clients, int row, long monotonicNanos) {
        long asked = clients.askedNanos(row);
        if (asked == Long.MIN_VALUE) {
            clients.asked(row, monotonicNanos, Math.max(0, average - AVERAGE_GRACE));
            return Verdict.PASS;
        }
        long interval = monotonicNanos - asked;
        long fill = Math.max(0, clients.fillNanos(row) - interval);
        boolean early = interval < minimum - MINIMUM_GRACE;
        if (!early && fill + average < DEPTH * average) {
            clients.asked(row, monotonicNanos, Math.max(0, fill + average - AVERAGE_GRACE));
            return Verdict.PASS;
        }
        boolean told = fill >= DEPTH * average;
        clients.asked(row, monotonicNanos, told ? fill : (DEPTH + 1) * average);
        return told ? Verdict.DROP : Verdict.TELL;
    }
}
