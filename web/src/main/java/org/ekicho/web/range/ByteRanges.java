package org.ekicho.web.range;

import java.util.ArrayList;
import java.util.List;

/// The parts of a file that a client wants (RFC 9110 §14). A header that is not understood asks for the whole
/// file, as the standard says; so does one whose parts are together larger than the file, which no honest client
/// sends.
public sealed interface ByteRanges {
    /// Most parts of one answer. dnf asks for up to 256 chunks of zchunk metadata at once.
    int MAX_PARTS = 512;

    /// All of it.
    record Whole() implements ByteRanges {}

    /// Some of it, in the order asked for; at least one.
    record Parts(List<Part> parts) implements ByteRanges {
        public Parts {
            parts = List.copyOf(parts);
        }
    }

    /// Nothing of what was asked for lies in the file: status 416.
    record Unsatisfiable() implements ByteRanges {}

    /// A part of a file.
    ///
    /// @param from   first byte
    /// @param length bytes, at least 1
    record Part(long from, long length) {
        /// The last byte.
        public long last() {
            return from + length - 1;
        }
    }

    /// @param header the value of the Range header
    /// @param size   bytes of the file
    static ByteRanges parse(String header, long size) {
        if (!header.regionMatches(true, 0, "bytes=", 0, 6)) {
            return new Whole();
        }
        List<Part> parts = new ArrayList<>();
        long sum = 0;
        for (String asked : header.substring(6).split(",", -1)) {
            String text = asked.strip();
            if (text.isEmpty()) {
                continue;
            }
            int dash = text.indexOf('-');
            if (dash < 0 || !isNumber(text, 0, dash) || !isNumber(text, dash + 1, text.length())) {
                return new Whole();
            }
            long first = number(text, 0, dash);
            long last = number(text, dash + 1, text.length());
            if ((first < 0 && last < 0) || (first >= 0 && last >= 0 && last < first)) {
                return new Whole();
            }
            long from = first >= 0 ? first : Math.max(0, size - last);
            long end = first < 0 || last < 0 ? size : Math.min(size, last + 1);
            if (from < end) {
                parts.add(new Part(from, end - from));
                sum += end - from;
            }
            if (parts.size() > MAX_PARTS || (sum > size && parts.size() > 1)) {
                return new Whole();
            }
        }
        return parts.isEmpty() ? (header.indexOf('-') < 0 ? new Whole() : new Unsatisfiable()) : new Parts(parts);
    }

    /// Whether there are digits only, or nothing.
    private static boolean isNumber(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /// -1 for nothing; what has more than 18 digits is beyond any file.
    private static long number(String text, int from, int to) {
        if (from == to) {
            return -1;
        }
        return to - from > 18 ? Long.MAX_VALUE - 1 : Long.parseLong(text.substring(from, to));
    }
}
