package org.ekicho.netboot.lease;

import org.ekicho.wire.IpAddress;

/// Addresses from `first` to `last`, both included.
public record AddressRange(IpAddress first, IpAddress last) {
    /// The most addresses of one range: a /12. Each costs a bit and, once leased, about 300 bytes.
    public static final int MAX_SIZE = 1 << 20;

    public AddressRange {
        if (!first.isV4() || !last.isV4() || first.compareTo(last) > 0) {
            throw new IllegalArgumentException(
                    "a range goes from a lower to a higher IPv4 address, not from " + first + " to " + last);
        }
        if (last.low() - first.low() >= MAX_SIZE) {
            throw new IllegalArgumentException(
                    "a range has at most " + MAX_SIZE + " addresses: " + first + " to " + last);
        }
    }

    public int size() {
        return last.v4Bits() - first.v4Bits() + 1;
    }

    public boolean contains(IpAddress address) {
        return address.compareTo(first) >= 0 && address.compareTo(last) <= 0;
    }

    IpAddress at(int index) {
        return IpAddress.ofV4(first.v4Bits() + index);
    }

    int indexOf(IpAddress address) {
        return address.v4Bits() - first.v4Bits();
    }

    /// `10.77.0.100-10.77.0.199`
    @Override
    public String toString() {
        return first + "-" + last;
    }
}
