package org.ekicho.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/// An IPv4 or IPv6 address as 128 bits; IPv4 is kept in its mapped form `::ffff:a.b.c.d` (RFC 4291 §2.5.5.2), so that
/// one comparison and one hash serve both families. Scope ids are not part of it: they travel as interface indexes.
public record IpAddress(long high, long low) implements Comparable<IpAddress> {
    /// The upper bits of `low` of every IPv4 address.
    private static final long V4_MARK = 0xffff_0000_0000L;

    /// `0.0.0.0`: any IPv4 address.
    public static final IpAddress ANY_V4 = ofV4(0);
    /// `::`: any IPv6 address.
    public static final IpAddress ANY_V6 = new IpAddress(0, 0);
    /// `127.0.0.1`.
    public static final IpAddress LOOPBACK_V4 = ofV4(0x7f000001);
    /// `::1`.
    public static final IpAddress LOOPBACK_V6 = new IpAddress(0, 1);

    /// The IPv4 address with these 32 bits.
    public static IpAddress ofV4(int bits) {
        return new IpAddress(0, V4_MARK | (bits & 0xffff_ffffL));
    }

    /// The address in 4 or 16 bytes.
    ///
    /// @throws IllegalArgumentException for any other length
    public static IpAddress ofBytes(byte[] bytes) {
        return switch (bytes.length) {
            case 4 -> ofV4(BigEndian.i32(bytes, 0));
            case 16 -> new IpAddress(BigEndian.i64(bytes, 0), BigEndian.i64(bytes, 8));
            default -> throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + bytes.length);
        };
    }

    public static IpAddress of(InetAddress address) {
        return ofBytes(address.getAddress());
    }

    /// Reads a numeric address (`192.168.1.1`, `fe80::1`; no name, no scope, four decimal parts for IPv4).
    public static Optional<IpAddress> parse(String text) {
        return IpAddressText.parse(text);
    }

    /// Reads a numeric address that is known to be right: for constants and tests.
    ///
    /// @throws IllegalArgumentException if it is none
    public static IpAddress literal(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("not a numeric IP address: " + text));
    }

    public boolean isV4() {
        return high == 0 && (low >>> 32) == 0xffff;
    }

    /// The 32 bits of an IPv4 address; the last 32 of an IPv6 one.
    public int v4Bits() {
        return (int) low;
    }

    /// 4 bytes for IPv4, 16 for IPv6.
    public byte[] toBytes() {
        byte[] bytes = new byte[isV4() ? 4 : 16];
        if (isV4()) {
            BigEndian.put32(bytes, 0, v4Bits());
        } else {
            BigEndian.put64(bytes, 0, high);
            BigEndian.put64(bytes, 8, low);
        }
        return bytes;
    }

    public InetAddress toInetAddress() {
        try {
            return InetAddress.getByAddress(toBytes());
        } catch (UnknownHostException e) {
            throw new AssertionError("4 and 16 bytes are always an address", e);
        }
    }

    /// `224.0.0.0/4` or `ff00::/8`.
    public boolean isMulticast() {
        return isV4() ? (v4Bits() >>> 28) == 0xe : (high >>> 56) == 0xff;
    }

    /// `127.0.0.0/8` or `::1`.
    public boolean isLoopback() {
        return isV4() ? (v4Bits() >>> 24) == 127 : equals(LOOPBACK_V6);
    }

    /// `0.0.0.0` or `::`.
    public boolean isAny() {
        return equals(ANY_V4) || equals(ANY_V6);
    }

    /// `169.254.0.0/16` or `fe80::/10`.
    public boolean isLinkLocal() {
        return isV4() ? (v4Bits() >>> 16) == 0xa9fe : (high >>> 54) == (0xfe80L >>> 6);
    }

    /// Unsigned numeric order; IPv4 lies among the mapped addresses.
    @Override
    public int compareTo(IpAddress other) {
        int order = Long.compareUnsigned(high, other.high);
        return order != 0 ? order : Long.compareUnsigned(low, other.low);
    }

    /// The usual text: dotted quad, or IPv6 as RFC 5952 says (lower case, longest run of zeros as `::`).
    @Override
    public String toString() {
        return IpAddressText.format(this);
    }
}
