package org.ekicho.ntp.access;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;
import org.jspecify.annotations.Nullable;

/// A map from prefixes to flags, flattened: since prefixes nest but never cross, n of them cut the line of addresses
/// into at most 2n+1 ranges, each ruled by the longest prefix around it. A look-up is one binary search.
///
/// ```
/// 10.0.0.0/8      |---------------- A ----------------|
/// 10.1.0.0/16              |--- B ---|
/// ranges      0   A        B         A                0
/// ```
final class PrefixRanges {
    /// First address of each range, ascending as unsigned 128-bit numbers; the first range begins at zero.
    private long[] high = new long[1];

    private long[] low = new long[1];
    private int[] flags = new int[1];
    private int count = 1;

    /// @param rules at most one per prefix; what none of them covers has no flags
    PrefixRanges(List<RestrictRule> rules) {
        List<RestrictRule> sorted = rules.stream()
                .sorted(Comparator.comparing(
                                (RestrictRule rule) -> rule.prefix().base())
                        .thenComparingInt(rule -> leadingBits(rule.prefix())))
                .toList();
        Deque<RestrictRule> open = new ArrayDeque<>();
        for (RestrictRule rule : sorted) {
            closeUpTo(rule.prefix().base(), open);
            begin(rule.prefix().base(), rule.flags());
            open.push(rule);
        }
        closeUpTo(null, open);
    }

    /// Ends the open prefixes that end before `start`; all of them when it is null.
    private void closeUpTo(@Nullable IpAddress start, Deque<RestrictRule> open) {
        while (!open.isEmpty()) {
            IpAddress last = last(open.peek().prefix());
            if (start != null && last.compareTo(start) >= 0) {
                return;
            }
            open.pop();
            int outer = open.isEmpty() ? 0 : open.peek().flags();
            if (last.high() != -1 || last.low() != -1) {
                begin(new IpAddress(last.low() == -1 ? last.high() + 1 : last.high(), last.low() + 1), outer);
            }
        }
    }

    /// A range starts here; one that started at the same address was empty.
    private void begin(IpAddress start, int rangeFlags) {
        boolean again = high[count - 1] == start.high() && low[count - 1] == start.low();
        int at = again ? count - 1 : count++;
        if (at == high.length) {
            high = Arrays.copyOf(high, at * 2);
            low = Arrays.copyOf(low, at * 2);
            flags = Arrays.copyOf(flags, at * 2);
        }
        high[at] = start.high();
        low[at] = start.low();
        flags[at] = rangeFlags;
    }

    private static int leadingBits(IpPrefix prefix) {
        return prefix.base().isV4() ? 96 + prefix.length() : prefix.length();
    }

    private static IpAddress last(IpPrefix prefix) {
        int free = 128 - leadingBits(prefix);
        long lowFree = free >= 64 ? -1 : (1L << free) - 1;
        long highFree = free <= 64 ? 0 : free == 128 ? -1 : (1L << (free - 64)) - 1;
        return new IpAddress(prefix.base().high() | highFree, prefix.base().low() | lowFree);
    }

    int find(long addressHigh, long addressLow) {
        int from = 0;
        int to = count - 1;
        while (from < to) {
            int middle = (from + to + 1) >>> 1;
            int order = Long.compareUnsigned(high[middle], addressHigh);
            if (order == 0) {
                order = Long.compareUnsigned(low[middle], addressLow);
            }
            if (order <= 0) {
                from = middle;
            } else {
                to = middle - 1;
            }
        }
        return flags[from];
    }
}
