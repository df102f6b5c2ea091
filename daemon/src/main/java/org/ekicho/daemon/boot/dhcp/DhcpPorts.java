package org.ekicho.daemon.boot.dhcp;

import org.ekicho.netboot.dhcp.DhcpPacket;

/// The UDP ports of DHCP; others only where a test may not have these.
///
/// @param server     67
/// @param client     68, where answers of other servers are heard
/// @param bootServer 4011
public record DhcpPorts(int server, int client, int bootServer) {
    public static final DhcpPorts STANDARD =
            new DhcpPorts(DhcpPacket.SERVER_PORT, DhcpPacket.CLIENT_PORT, DhcpPacket.BOOT_SERVER_PORT);
}
