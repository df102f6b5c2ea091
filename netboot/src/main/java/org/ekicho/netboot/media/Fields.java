package org.ekicho.netboot.media;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Locale;

/// Bytes in which numbers, texts and dates are put at their places: the low byte first, as disks of this kind
/// have them,
/// and in the forms of ISO9660 (ECMA-119 §7, §8.4.26, §9.1.5).
final class Fields {
    /// Bytes of a CD's sector.
    static final int SECTOR = 2_048;

    private final byte[] bytes;

    /// Zeros.
    Fields(int size) {
        this(new byte[size]);
    }

    private Fields(byte[] bytes) {
        this.bytes = bytes;
    }

    /// A copy of bytes.
    static Fields copyOf(byte[] bytes) {
        return new Fields(bytes.clone());
    }

    /// How many CD sectors hold these bytes.
    static long sectors(long bytes) {
        return (bytes + SECTOR - 1) / SECTOR;
    }

    int size() {
        return bytes.length;
    }

    /// The bytes; not a copy.
    byte[] bytes() {
        return bytes;
    }

    int u8(int at) {
        return bytes[at] & 0xff;
    }

    Fields put8(int at, int value) {
        bytes[at] = (byte) value;
        return this;
    }

    Fields put16(int at, int value) {
        return put8(at, value).put8(at + 1, value >>> 8);
    }

    Fields put32(int at, long value) {
        return put16(at, (int) value).put16(at + 2, (int) (value >>> 16));
    }

    Fields put64(int at, long value) {
        return put32(at, value).put32(at + 4, value >>> 32);
    }

    /// The high byte first.
    Fields put32High(int at, long value) {
        return put32(at, Integer.reverseBytes((int) value));
    }

    /// In both orders, one after the other.
    Fields both16(int at, int value) {
        return put16(at, value).put8(at + 2, value >>> 8).put8(at + 3, value);
    }

    /// In both orders, one after the other.
    Fields both32(int at, long value) {
        return put32(at, value).put32High(at + 4, value);
    }

    Fields put(int at, byte[] some) {
        System.arraycopy(some, 0, bytes, at, some.length);
        return this;
    }

    Fields put(int at, String ascii) {
        return put(at, ascii.getBytes(StandardCharsets.US_ASCII));
    }

    /// Text in a field, spaces after it.
    Fields text(int at, int width, String text) {
        return put(at, String.format(Locale.ROOT, "%-" + width + "s", text));
    }

    /// The 7 bytes of a directory record, in UTC.
    Fields shortDate(int at, OffsetDateTime time) {
        return put8(at, time.getYear() - 1900)
                .put8(at + 1, time.getMonthValue())
                .put8(at + 2, time.getDayOfMonth())
                .put8(at + 3, time.getHour())
                .put8(at + 4, time.getMinute())
                .put8(at + 5, time.getSecond());
    }

    /// The 17 bytes of a volume descriptor, in UTC.
    Fields longDate(int at, OffsetDateTime time) {
        String digits = String.format(
                Locale.ROOT,
                "%04d%02d%02d%02d%02d%02d00",
                time.getYear(),
                time.getMonthValue(),
                time.getDayOfMonth(),
                time.getHour(),
                time.getMinute(),
                time.getSecond());
        return put(at, digits);
    }

    /// The 17 bytes of a date that is not given.
    Fields noDate(int at) {
        return put(at, "0".repeat(16));
    }
}
