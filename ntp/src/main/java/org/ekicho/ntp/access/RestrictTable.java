package org.ekicho.ntp.access;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ekicho.wire.IpPrefix;

/// The access list of a classic ntp.conf, ready to be asked once per packet without allocation.
///
/// The longest prefix that holds the address decides alone; lines for the same prefix add their flags; of two lines
/// for one prefix the one with `ntpport` decides for packets from port 123. An address that no line names is free.
public final class RestrictTable {
    private static final int NTP_PORT = 123;

    private final PrefixRanges v4;
    private final PrefixRanges v4FromNtpPort;
    private final PrefixRanges v6;
    private final PrefixRanges v6FromNtpPort;

    /// @param rules in file order
    public RestrictTable(List<RestrictRule> rules) {
        Map<IpPrefix, Integer> anyPort = new LinkedHashMap<>();
        Map<IpPrefix, Integer> ntpPort = new LinkedHashMap<>();
        int matcher = RestrictFlag.NTPPORT.mask();
        for (RestrictRule rule : rules) {
            boolean variant = RestrictFlag.NTPPORT.isIn(rule.flags());
            (variant ? ntpPort : anyPort).merge(rule.prefix(), rule.flags() & ~matcher, (a, b) -> a | b);
        }
        v4 = ranges(anyPort, IpPrefix.ALL_V4);
        v6 = ranges(anyPort, IpPrefix.ALL_V6);
        anyPort.putAll(ntpPort);
        v4FromNtpPort = ranges(anyPort, IpPrefix.ALL_V4);
        v6FromNtpPort = ranges(anyPort, IpPrefix.ALL_V6);
    }

    private static PrefixRanges ranges(Map<IpPrefix, Integer> flags, IpPrefix family) {
        return new PrefixRanges(flags.entrySet().stream()
                .filter(entry -> entry.getKey().base().isV4() == family.base().isV4())
                .map(entry -> new RestrictRule(entry.getKey(), entry.getValue()))
                .toList());
    }

    /// The flags for a packet from this address and source port; `NTPPORT`, which only chooses, is never among them.
    public int flags(long high, long low, int port) {
        boolean isV4 = high == 0 && (low >>> 32) == 0xffff;
        PrefixRanges ranges = port == NTP_PORT ? isV4 ? v4FromNtpPort : v6FromNtpPort : isV4 ? v4 : v6;
        return ranges.find(high, low);
    }
}
