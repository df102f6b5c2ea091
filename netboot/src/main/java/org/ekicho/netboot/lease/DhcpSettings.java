package org.ekicho.netboot.lease;

import java.util.List;
import org.ekicho.netboot.dhcp.DhcpOptions;

/// All that the admin decides for the full DHCP server.
///
/// @param subnets      where addresses are given
/// @param reservations for single machines
/// @param options      for all subnets; a subnet's come before them, a machine's before both
/// @param identity     by what machines are told apart
/// @param checking     whether an address is looked for on the wire before a stranger gets it
/// @param authority    what is said to machines that ask for an address that nothing is known of
/// @param clock        whether we are the NTP server that machines are told (option 42)
/// @param httpPort     of our HTTP server, for boot URLs
public record DhcpSettings(
        List<Subnet> subnets,
        List<Reservation> reservations,
        DhcpOptions options,
        ClientKey.Identity identity,
        Checking checking,
        Authority authority,
        Clock clock,
        int httpPort) {
    /// The most subnets of one server; each packet looks through them.
    public static final int MAX_SUBNETS = 1024;
    /// The most addresses in all ranges together, for memory: see [AddressRange#MAX_SIZE].
    public static final int MAX_ADDRESSES = 1 << 20;

    public DhcpSettings {
        subnets = List.copyOf(subnets);
        reservations = List.copyOf(reservations);
        long addresses = subnets.stream()
                .flatMap(subnet -> subnet.ranges().stream())
                .mapToLong(AddressRange::size)
                .sum();
        if (subnets.size() > MAX_SUBNETS || addresses > MAX_ADDRESSES) {
            throw new IllegalArgumentException("at most " + MAX_SUBNETS + " subnets and " + MAX_ADDRESSES
                    + " addresses in all ranges together; these are " + subnets.size() + " and " + addresses);
        }
    }

    /// Whether addresses are checked (RFC 2131 §2.2).
    public enum Checking {
        /// A stranger's address is looked for by ARP first.
        PROBE,
        /// Addresses are given unchecked.
        NONE
    }

    /// What is said to wrong requests (RFC 2131 §4.3.2).
    public enum Authority {
        /// Refused, so that the machine asks anew at once.
        REFUSE,
        /// Silence: another server may know more.
        SILENT
    }

    /// Option 42.
    public enum Clock {
        /// Our own address, where no other is configured.
        US,
        /// What is configured, else none.
        AS_CONFIGURED
    }
}
