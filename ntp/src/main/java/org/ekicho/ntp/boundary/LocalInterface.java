package org.ekicho.ntp.boundary;

import java.util.List;
import java.util.Optional;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;

/// An interface of this host as the engine needs to know it; the shell tells it anew whenever it changes.
///
/// @param index     kernel index, 1 and up
/// @param name      `eth0`, `eth0.20`
/// @param up        administratively up with carrier
/// @param multicast can send and receive multicast
/// @param loopback  is `lo`
/// @param addresses its addresses
public record LocalInterface(
        int index, String name, boolean up, boolean multicast, boolean loopback, List<Address> addresses) {
    public LocalInterface {
        addresses = List.copyOf(addresses);
    }

    /// @param address   own address
    /// @param subnet    its net
    /// @param broadcast the subnet's broadcast address, IPv4 only
    public record Address(IpAddress address, IpPrefix subnet, Optional<IpAddress> broadcast) {}
}
