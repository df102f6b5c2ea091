package org.ekicho.netboot.dhcp;

/// A field that options are written into, one after the other.
final class OptionRow {
    /// The most that one part of an option can hold; the next part follows with the same number (RFC 3396
    /// §5).
    private static final int PART = 255;

    private final byte[] bytes;
    private final int start;
    private int at;
    private int end;

    /// @param end where writing stops; the end mark may come there
    OptionRow(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.start = start;
        this.at = start;
        this.end = end;
    }

    /// Bytes that a value takes with the heads of its parts.
    static int size(int length) {
        return length + 2 * Math.max(1, (length + PART - 1) / PART);
    }

    /// False, and nothing written, when there is no room.
    boolean put(int code, byte[] value) {
        if (size(value.length) > end - at) return false;
        int from = 0;
        do {
            int part = Math.min(PART, value.length - from);
            bytes[at] = (byte) code;
            bytes[at + 1] = (byte) part;
            System.arraycopy(value, from, bytes, at + 2, part);
            at += 2 + part;
            from += part;
        } while (from < value.length);
        return true;
    }

    void widen(int newEnd) {
        end = newEnd;
    }

    boolean isUsed() {
        return at > start;
    }

    /// Writes the end mark and says where the row ends.
    int end() {
        bytes[at] = (byte) OptionCode.END;
        return at + 1;
    }
}
