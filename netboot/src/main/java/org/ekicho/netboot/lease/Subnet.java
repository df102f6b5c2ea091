package org.ekicho.netboot.lease;

import java.util.List;
import org.ekicho.netboot.dhcp.DhcpOptions;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;

/// A subnet that machines are given addresses of.
///
/// @param prefix           its addresses, IPv4
/// @param ranges           those that any machine may be given; none: reservations only
/// @param leaseSeconds     for clients that do not ask for a time
/// @param maxLeaseSeconds  the most that they get when they ask
/// @param options          for its machines: router (3), DNS (6), domain (15) and any other by number
public record Subnet(
        IpPrefix prefix, List<AddressRange> ranges, int leaseSeconds, int maxLeaseSeconds, DhcpOptions options) {
    /// Shorter leases than this have machines ask without pause.
    public static final int MIN_LEASE_SECONDS = 60;

    public Subnet {
        ranges = List.copyOf(ranges);
        for (AddressRange range : ranges) {
            if (!prefix.contains(range.first()) || !prefix.contains(range.last())) {
                throw new IllegalArgumentException("the range " + range + " is not in " + prefix);
            }
        }
        if (leaseSeconds < MIN_LEASE_SECONDS || maxLeaseSeconds < leaseSeconds) {
            throw new IllegalArgumentException("lease times of " + prefix + " must be " + MIN_LEASE_SECONDS
                    + " s at least, the greatest not less than the usual one");
        }
    }

    boolean isInRange(IpAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    int mask() {
        return prefix.length() == 0 ? 0 : -1 << (32 - prefix.length());
    }

    IpAddress broadcast() {
        return IpAddress.ofV4(prefix.base().v4Bits() | ~mask());
    }

    /// Whether a machine may have this address at all: not the subnet's own two.
    boolean isUsable(IpAddress address) {
        return prefix.contains(address)
                && (prefix.length() > 30 || !(address.equals(prefix.base()) || address.equals(broadcast())));
    }

    /// The lease time for a client that asks for `wanted` seconds; 0 when it does not ask.
    int leaseFor(long wanted) {
        return wanted == 0 ? leaseSeconds : Math.clamp(wanted, MIN_LEASE_SECONDS, maxLeaseSeconds);
    }
}
