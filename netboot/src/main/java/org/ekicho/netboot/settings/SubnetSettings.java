package org.ekicho.netboot.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;

/// A net whose machines get their addresses from us.
///
/// @param net    `192.168.55.0/24`
/// @param ranges what is given to machines without a reservation; may be empty
/// @param router default gateway
/// @param dns    name servers
/// @param domain domain name
/// @param ntp    time servers; empty: ourselves
/// @param lease  for how long an address is given
public record SubnetSettings(
        IpPrefix net,
        List<Range> ranges,
        Optional<IpAddress> router,
        List<IpAddress> dns,
        Optional<String> domain,
        List<IpAddress> ntp,
        Duration lease) {
    /// Long enough for a night without the server, short enough that a classroom's laptops do not use up the net.
    public static final Duration DEFAULT_LEASE = Duration.ofHours(12);

    public SubnetSettings {
        ranges = List.copyOf(ranges);
        dns = List.copyOf(dns);
        ntp = List.copyOf(ntp);
    }

    /// Addresses from the first to the last, both included.
    public record Range(IpAddress first, IpAddress last) {
        public Range {
            if (!first.isV4() || !last.isV4() || Integer.compareUnsigned(first.v4Bits(), last.v4Bits()) > 0) {
                throw new IllegalArgumentException("no range: " + first + "-" + last);
            }
        }

        @Override
        public String toString() {
            return first + "-" + last;
        }
    }
}
