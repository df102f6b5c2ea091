package org.ekicho.mirror.rpm;

import org.ekicho.wire.BigEndian;

/// Finds the ends of strings eight bytes at a time: half of the work of reading a header.
final class ByteScan {
    private static final long SEVENS = 0x7f7f7f7f_7f7f7f7fL;
    private static final long HIGHS = ~SEVENS;
    private static final long BLANKS = 0x20202020_20202020L;

    private ByteScan() {}

    /// Index after the NUL of the last of `count` strings, which begin at `from`; -1 when they do not end before
    /// `limit`.
    static int afterStrings(byte[] bytes, int from, int limit, int count) {
        int left = count;
        int p = from;
        while (p + 8 <= limit) {
            int zeros = Long.bitCount(zeros(BigEndian.i64(bytes, p)));
            if (zeros >= left) break;
            left -= zeros;
            p += 8;
        }
        while (p < limit) {
            if (bytes[p++] == 0 && --left == 0) return p;
        }
        return -1;
    }

    /// The top bit of each byte that is zero.
    static long zeros(long word) {
        return ~(((word & SEVENS) + SEVENS) | word | SEVENS);
    }

    /// Not 0 when a byte is above 127.
    static long aboveAscii(long word) {
        return word & HIGHS;
    }

    /// Not 0 when a byte is below 32.
    static long belowBlank(long word) {
        return (word - BLANKS) & ~word & HIGHS;
    }

    /// The first `count` bytes of a word (less than 8); the others are blanks.
    static long first(long word, int count) {
        long rest = -1L >>> (8 * count);
        return (word & ~rest) | (BLANKS & rest);
    }
}
