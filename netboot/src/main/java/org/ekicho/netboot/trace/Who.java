package org.ekicho.netboot.trace;

import java.util.Optional;
import java.util.UUID;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;

/// Whom an event is about, as far as its reporter knows: DHCP knows the hardware address, TFTP and HTTP the IP address
/// only. `TraceBook` joins them.
///
/// @param mac     of the interface that boots
/// @param address IP address that it uses, or was just given
/// @param uuid    SMBIOS UUID; reporters leave out all zeros and all ones
public record Who(Optional<MacAddress> mac, Optional<IpAddress> address, Optional<UUID> uuid) {
    /// About no machine: our own interfaces.
    public static final Who NOBODY = new Who(Optional.empty(), Optional.empty(), Optional.empty());

    public static Who of(MacAddress mac) {
        return new Who(Optional.of(mac), Optional.empty(), Optional.empty());
    }

    public static Who of(MacAddress mac, IpAddress address) {
        return new Who(Optional.of(mac), Optional.of(address), Optional.empty());
    }

    public static Who at(IpAddress address) {
        return new Who(Optional.empty(), Optional.of(address), Optional.empty());
    }
}
