package org.ekicho.netboot.lease;

import java.util.Optional;
import org.ekicho.netboot.dhcp.DhcpOptions;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;

/// What an admin has fixed for one machine.
///
/// @param mac      the machine; empty when it is known by its client id
/// @param clientId option 61 in lower-case hexadecimal; empty when it is known by its hardware address
/// @param address  its own; empty when only its options are fixed
/// @param hostName given in option 12; empty when none
/// @param options  for this machine, before the subnet's
public record Reservation(
        Optional<MacAddress> mac,
        Optional<String> clientId,
        Optional<IpAddress> address,
        String hostName,
        DhcpOptions options) {
    public Reservation {
        if (mac.isEmpty() && clientId.isEmpty()) {
            throw new IllegalArgumentException("a reservation names a hardware address or a client id");
        }
    }

    /// One address for one machine.
    public static Reservation of(MacAddress mac, IpAddress address) {
        return new Reservation(Optional.of(mac), Optional.empty(), Optional.of(address), "", DhcpOptions.NONE);
    }
}
