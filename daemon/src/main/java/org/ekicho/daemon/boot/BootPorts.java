package org.ekicho.daemon.boot;

import org.ekicho.daemon.boot.dhcp.DhcpPorts;
import org.ekicho.daemon.boot.tftp.TftpDoor;

/// The UDP ports of network installation; others only where a test or the demo may not have these.
///
/// @param dhcp 67, 68 and 4011
/// @param tftp 69
public record BootPorts(DhcpPorts dhcp, int tftp) {
    public static final BootPorts STANDARD = new BootPorts(DhcpPorts.STANDARD, TftpDoor.PORT);
    /// Whatever is free.
    public static final BootPorts FREE = new BootPorts(new DhcpPorts(0, 0, 0), 0);
}
