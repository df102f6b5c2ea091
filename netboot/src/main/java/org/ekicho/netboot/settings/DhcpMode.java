package org.ekicho.netboot.settings;

/// What we are on the interfaces that were named.
public enum DhcpMode {
    /// DHCP is somebody else's matter altogether: `ekicho boot options` says what to tell that server.
    OFF,
    /// Another server gives addresses; we only say what to boot.
    PROXY,
    /// We give addresses, too.
    SERVER
}
