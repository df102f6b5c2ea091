package org.ekicho.daemon.multicast;

import java.util.List;
import java.util.Optional;
import org.ekicho.host.net.IgmpQuery;
import org.ekicho.host.net.NetInterface;
import org.ekicho.host.net.NetInterface.Address;
import org.ekicho.wire.IpAddress;

/// What is known of one interface with regard to one group.
///
/// @param link        the interface
/// @param parent      name of the interface that carries it, if it is a VLAN
/// @param master      name of the bridge or bond that it is a port of
/// @param users       how many sockets of this host have joined the group on it
/// @param pathFilter  reverse path filter in force: 0 off, 1 strict, 2 loose (IPv4 only)
/// @param igmpVersion that the kernel speaks on it (IPv4 only)
/// @param forcedIgmp  that an admin has fixed; 0 for none
/// @param querier     the last query heard on it
public record InterfaceFacts(
        NetInterface link,
        Optional<String> parent,
        Optional<String> master,
        int users,
        int pathFilter,
        Optional<Integer> igmpVersion,
        int forcedIgmp,
        Optional<IgmpQuery> querier) {
    /// Its addresses of the family of `group`.
    public List<IpAddress> addresses(IpAddress group) {
        return link.addresses().stream()
                .map(Address::address)
                .filter(address -> address.isV4() == group.isV4())
                .toList();
    }
}
