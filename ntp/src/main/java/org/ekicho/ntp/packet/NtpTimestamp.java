package org.ekicho.ntp.packet;

/// NTP timestamps as raw 64-bit values: 32 bits of seconds since 1900-01-01 UTC modulo 2^32 (an "era" of 136 years),
/// 32 bits of fraction (RFC 5905 §6). Zero means "not set". The times they are converted from and to are
/// nanoseconds since 1970-01-01 UTC in a `long` (good until 2262).
///
/// A timestamp says nothing of its era, so reading one needs a pivot: a time known to lie within 68 years of it.
public final class NtpTimestamp {
    /// Seconds from 1900-01-01 to 1970-01-01.
    private static final long UNIX_OFFSET = 2_208_988_800L;
    private static final long NANOS = 1_000_000_000L;
    private static final double FRACTION = 0x1p32;

    private NtpTimestamp() {}

    /// The timestamp of a time; the fraction is rounded down to 2^-32 s, and never becomes the "not set" zero.
    public static long ofNanos(long clockNanos) {
        long seconds = Math.floorDiv(clockNanos, NANOS);
        long fraction = (Math.floorMod(clockNanos, NANOS) << 32) / NANOS;
        long timestamp = (seconds + UNIX_OFFSET) << 32 | fraction;
        return timestamp == 0 ? 1 : timestamp;
    }

    /// The time of a timestamp, in the era in which it lies within 68 years of `pivotNanos`.
    public static long toNanos(long timestamp, long pivotNanos) {
        long pivotSeconds = Math.floorDiv(pivotNanos, NANOS) + UNIX_OFFSET;
        int ahead = (int) ((timestamp >>> 32) - pivotSeconds);
        long seconds = pivotSeconds + ahead - UNIX_OFFSET;
        return seconds * NANOS + (((timestamp & 0xffff_ffffL) * NANOS + (1L << 31)) >>> 32);
    }

    /// `later - earlier` in seconds, for timestamps within 68 years of each other.
    public static double differenceSeconds(long later, long earlier) {
        return (later - earlier) / FRACTION;
    }

    /// True when `a` is after `b`, for timestamps within 68 years of each other.
    public static boolean isAfter(long a, long b) {
        return a - b > 0;
    }
}
