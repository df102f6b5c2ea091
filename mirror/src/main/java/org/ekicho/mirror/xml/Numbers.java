package org.ekicho.mirror.xml;

import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Refusal;
import org.ekicho.mirror.RefusedException;

/// Numbers in metadata, as somebody else wrote them.
public final class Numbers {
    /// Largest size that is believed: 4 EiB. Sums of some of them still fit a `long`, and no disk holds one.
    public static final long MAX_BYTES = (1L << 62) - 1;
    /// Latest time that is believed, and as many seconds before 1970: the year 36812.
    public static final long MAX_SECONDS = 1L << 40;
    /// Longest number in digits.
    private static final int MAX_DIGITS = 40;

    private Numbers() {}

    /// A number of bytes or a position; refused when negative, not a number, or 2^62 and more.
    public static long bytes(XmlCursor xml, String text) throws RefusedException {
        long value = parse(text, -1);
        if (value < 0 || value > MAX_BYTES) {
            throw xml.refusal(MirrorReason.MALFORMED, "no number of bytes: " + Refusal.quote(text.strip()));
        }
        return value;
    }

    /// Seconds since 1970, with a fraction that some tools write; refused when it is no number.
    public static long seconds(XmlCursor xml, String text) throws RefusedException {
        String stripped = text.strip();
        if (stripped.length() > MAX_DIGITS) {
            throw xml.refusal(MirrorReason.MALFORMED, "no time: " + Refusal.quote(stripped));
        }
        int point = stripped.indexOf('.');
        String whole = point < 0 ? stripped : stripped.substring(0, point);
        long value = parse(whole, Long.MIN_VALUE);
        if (value == Long.MIN_VALUE
                || Math.abs(value) > MAX_SECONDS
                || (point >= 0 && !isDigits(stripped, point + 1))) {
            throw xml.refusal(MirrorReason.MALFORMED, "no time: " + Refusal.quote(stripped));
        }
        return value;
    }

    /// Decimal digits with an optional minus, at most 18 of them.
    ///
    /// @param otherwise what is returned for anything else
    public static long parse(String text, long otherwise) {
        String digits = text.strip();
        int start = digits.startsWith("-") ? 1 : 0;
        if (digits.length() == start || digits.length() > start + 19 || !isDigits(digits, start)) {
            return otherwise;
        }
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    private static boolean isDigits(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
