package org.ekicho.wire;

/// An address and a UDP or TCP port.
///
/// @param port 0..65535
public record Endpoint(IpAddress address, int port) {
    public Endpoint {
        if (port < 0 || port > 0xffff) {
            throw new IllegalArgumentException("a port is 0..65535, not " + port);
        }
    }

    /// `192.168.1.1:123` or `[fe80::1]:123`.
    @Override
    public String toString() {
        return address.isV4() ? address + ":" + port : "[" + address + "]:" + port;
    }
}
