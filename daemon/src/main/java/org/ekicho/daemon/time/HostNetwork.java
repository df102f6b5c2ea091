package org.ekicho.daemon.time;

import java.io.IOException;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ekicho.ntp.boundary.LocalInterface;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;

/// The interfaces of this host.
public final class HostNetwork implements Outside.Network {
    @Override
    public List<LocalInterface> interfaces() throws IOException {
        List<LocalInterface> found = new ArrayList<>();
        for (NetworkInterface on : NetworkInterface.networkInterfaces().toList()) {
            List<LocalInterface.Address> addresses = new ArrayList<>();
            for (InterfaceAddress own : on.getInterfaceAddresses()) {
                IpAddress address = IpAddress.of(own.getAddress());
                addresses.add(new LocalInterface.Address(
                        address,
                        IpPrefix.of(address, own.getNetworkPrefixLength()),
                        Optional.ofNullable(own.getBroadcast()).map(IpAddress::of)));
            }
            found.add(new LocalInterface(
                    on.getIndex(), on.getName(), on.isUp(), on.supportsMulticast(), on.isLoopback(), addresses));
        }
        return found;
    }

    @Override
    public AutoCloseable watch(Runnable changed) {
        return () -> {};
    }
}
