package org.ekicho.netboot.dhcp;

/// What became of bytes that should be a DHCP packet.
public sealed interface DhcpReading {
    /// They are one.
    record Whole(DhcpPacket packet) implements DhcpReading {}

    /// They are none that can be used.
    record Malformed(DhcpReason why) implements DhcpReading {}
}
