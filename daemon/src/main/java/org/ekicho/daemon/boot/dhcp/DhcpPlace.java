package org.ekicho.daemon.boot.dhcp;

import java.util.Optional;
import org.ekicho.host.net.NetInterface;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;

/// An interface where DHCP is answered.
///
/// @param name  `eth1`
/// @param index of the kernel
/// @param ours  our address there: what answers come from and name
/// @param mac   its hardware address
public record DhcpPlace(String name, int index, IpAddress ours, MacAddress mac) {
    /// The place that an interface is; empty when it has no IPv4 address. `lo` counts as having the
    /// address of zeros.
    public static Optional<DhcpPlace> of(NetInterface link) {
        MacAddress mac = link.mac().flatMap(MacAddress::parse).orElse(new MacAddress(0));
        return link.addresses().stream()
                .map(NetInterface.Address::address)
                .filter(IpAddress::isV4)
                .findFirst()
                .map(address -> new DhcpPlace(link.name(), link.index(), address, mac));
    }
}
