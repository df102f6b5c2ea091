package org.ekicho.wire;

import java.util.Optional;

/// A 48-bit hardware address (IEEE 802).
///
/// @param bits 0..2^48-1, the first byte on the wire in the highest place
public record MacAddress(long bits) implements Comparable<MacAddress> {
    /// Bytes on the wire.
    public static final int LENGTH = 6;

    private static final int DIGITS = 12;

    public MacAddress {
        if (bits >>> 48 != 0) {
            throw new IllegalArgumentException("a hardware address has 48 bits, not " + Long.toHexString(bits));
        }
    }

    /// The six bytes at `offset`.
    public static MacAddress at(byte[] bytes, int offset) {
        return new MacAddress((long) BigEndian.u16(bytes, offset) << 32 | BigEndian.u32(bytes, offset + 2));
    }

    /// Reads `52:54:00:77:00:01`, with `-` as well, `5254.0077.0001` as switches print it, or twelve bare digits.
    public static Optional<MacAddress> parse(String text) {
        boolean shaped = text.matches("[0-9A-Fa-f]{12}")
                || text.matches("[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}")
                || text.matches("[0-9A-Fa-f]{2}(-[0-9A-Fa-f]{2}){5}")
                || text.matches("[0-9A-Fa-f]{4}(\\.[0-9A-Fa-f]{4}){2}");
        return shaped
                ? Optional.of(new MacAddress(Long.parseLong(text.replaceAll("[:.-]", ""), 16)))
                : Optional.empty();
    }

    /// Reads what is known to be well written, as in tests and tables.
    ///
    /// @throws IllegalArgumentException if it is not
    public static MacAddress literal(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("no hardware address: " + text));
    }

    public byte[] toBytes() {
        byte[] bytes = new byte[LENGTH];
        BigEndian.put16(bytes, 0, (int) (bits >>> 32));
        BigEndian.put32(bytes, 2, (int) bits);
        return bytes;
    }

    /// True for a group address, which no machine can have as its own.
    public boolean isGroup() {
        return (bits >>> 40 & 1) != 0;
    }

    /// True for an address that nobody was given by the IEEE: virtual machines, randomised ones.
    public boolean isLocal() {
        return (bits >>> 40 & 2) != 0;
    }

    /// The first three bytes, by which the maker is known: `52:54:00`.
    public String maker() {
        return toString().substring(0, 8);
    }

    /// The form that loaders put into names of files: `52-54-00-77-00-01`.
    public String withDashes() {
        return toString().replace(':', '-');
    }

    @Override
    public int compareTo(MacAddress other) {
        return Long.compare(bits, other.bits);
    }

    /// `52:54:00:77:00:01`
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(DIGITS + 5);
        for (int shift = 40; shift >= 0; shift -= 8) {
            int value = (int) (bits >>> shift & 0xff);
            text.append(Character.forDigit(value >>> 4, 16)).append(Character.forDigit(value & 15, 16));
            if (shift > 0) text.append(':');
        }
        return text.toString();
    }
}
