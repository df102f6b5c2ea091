package org.ekicho.daemon.time;

import org.ekicho.wire.IpAddress;

/// A socket that the time service wants open.
///
/// @param address own address, a group, a subnet broadcast address; `0.0.0.0` or `::` for all of a family
/// @param port    UDP port
/// @param purpose what it is for
public record DoorSpec(IpAddress address, int port, Purpose purpose) {
    /// What a socket is for.
    public enum Purpose {
        /// Requests, replies and all that is sent.
        UNICAST,
        /// Receiving one group or broadcast address only; several programs of the host may have it open at once.
        LISTENING
    }

    /// `192.168.55.1:123`, `*:123 (IPv4)`.
    @Override
    public String toString() {
        if (address.isAny()) {
            return "*:" + port + (address.isV4() ? " (IPv4)" : " (IPv6)");
        }
        return (address.isV4() ? address : "[" + address + "]") + ":" + port;
    }
}
