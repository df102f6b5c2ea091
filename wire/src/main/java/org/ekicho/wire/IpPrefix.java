package org.ekicho.wire;

import java.util.Optional;

/// An address prefix such as `192.168.55.0/24` or `fd00::/8`. The base address has no bits below the prefix.
///
/// @param base   first address; its family decides the greatest length
/// @param length leading bits that count: 0..32 for IPv4, 0..128 for IPv6
public record IpPrefix(IpAddress base, int length) {
    /// Every IPv4 address.
    public static final IpPrefix ALL_V4 = new IpPrefix(IpAddress.ANY_V4, 0);
    /// Every IPv6 address (IPv4 excluded).
    public static final IpPrefix ALL_V6 = new IpPrefix(IpAddress.ANY_V6, 0);

    public IpPrefix {
        if (length < 0 || length > bits(base)) {
            throw new IllegalArgumentException(
                    "a prefix of " + base + " has 0.." + bits(base) + " bits, not " + length);
        }
        if (!masked(base, length).equals(base)) {
            throw new IllegalArgumentException(base + " has bits set below /" + length);
        }
    }

    /// The prefix of `length` bits that `address` lies in.
    public static IpPrefix of(IpAddress address, int length) {
        return new IpPrefix(masked(address, length), length);
    }

    /// The prefix of one address.
    public static IpPrefix host(IpAddress address) {
        return new IpPrefix(address, bits(address));
    }

    /// Reads `ADDRESS` or `ADDRESS/LENGTH`; bits below the length are cleared.
    public static Optional<IpPrefix> parse(String text) {
        int slash = text.indexOf('/');
        Optional<IpAddress> address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty() || slash < 0) {
            return address.map(IpPrefix::host);
        }
        String digits = text.substring(slash + 1);
        if (digits.isEmpty() || digits.length() > 3 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        int length = Integer.parseInt(digits);
        return length > bits(address.get()) ? Optional.empty() : Optional.of(of(address.get(), length));
    }

    /// True when `address` is of the same family and begins with this prefix.
    public boolean contains(IpAddress address) {
        return address.isV4() == base.isV4() && masked(address, length).equals(base);
    }

    /// The same for the raw bits of an address, without allocation.
    public boolean contains(long high, long low) {
        int kept = base.isV4() ? 96 + length : length;
        boolean sameFamily = base.isV4() == (high == 0 && (low >>> 32) == 0xffff);
        return sameFamily
                && (kept >= 64 ? high == base.high() : (high & leading(kept)) == base.high())
                && (kept <= 64 || (low & leading(kept - 64)) == base.low());
    }

    /// How many bits an address of this family has: 32 or 128.
    public static int bits(IpAddress address) {
        return address.isV4() ? 32 : 128;
    }

    private static IpAddress masked(IpAddress address, int length) {
        int kept = address.isV4() ? 96 + length : length;
        long high = kept >= 64 ? address.high() : address.high() & leading(kept);
        long low = kept <= 64 ? 0 : address.low() & leading(kept - 64);
        return new IpAddress(high, low);
    }

    /// A word whose `count` (0..64) leading bits are set.
    private static long leading(int count) {
        return count == 0 ? 0 : -1L << (64 - count);
    }

    @Override
    public String toString() {
        return base + "/" + length;
    }
}
