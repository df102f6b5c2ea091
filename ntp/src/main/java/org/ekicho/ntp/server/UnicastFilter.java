package org.ekicho.ntp.server;

import java.util.Arrays;
import java.util.List;
import org.ekicho.ntp.boundary.LocalInterface;
import org.ekicho.wire.IpAddress;

/// Tells whether a packet was sent to one host alone: not to a group, not to all, not to all of a subnet of ours.
final class UnicastFilter {
    private static final int ALL_ONES = 0xffff_ffff;

    /// The broadcast addresses of our subnets, sorted.
    private int[] broadcasts = {};

    void networkIs(List<LocalInterface> interfaces) {
        broadcasts = interfaces.stream()
                .flatMap(one -> one.addresses().stream())
                .flatMap(own -> own.broadcast().stream())
                .mapToInt(IpAddress::v4Bits)
                .sorted()
                .toArray();
    }

    boolean isUnicast(long high, long low) {
        if (high == 0 && (low >>> 32) == 0xffff) {
            int bits = (int) low;
            return bits >>> 28 != 0xe && bits != ALL_ONES && Arrays.binarySearch(broadcasts, bits) < 0;
        }
        return high >>> 56 != 0xff;
    }
}
