package org.ekicho.daemon.boot.tftp;

import java.util.Optional;
import org.ekicho.wire.IpAddress;

/// A port that requests come to.
///
/// @param address own address; `0.0.0.0` or `::` for all of a family
/// @param port    69, or 0 for any that is free
/// @param device  the only interface by which it hears; empty: every one that has the address
public record TftpDoor(IpAddress address, int port, Optional<String> device) {
    public static final int PORT = 69;

    /// Every address of one interface.
    public static TftpDoor onInterface(String name, int port) {
        return new TftpDoor(IpAddress.ANY_V4, port, Optional.of(name));
    }

    /// `192.168.55.1:69`, `*:69 on eth0`.
    @Override
    public String toString() {
        return (address.isAny() ? "*" : address.toString())
                + ":"
                + port
                + device.map(name -> " on " + name).orElse("");
    }
}
