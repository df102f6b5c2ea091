package org.ekicho.host;

import java.nio.file.Path;

/// The rights that a process has beyond its user's (capabilities(7)), as bits.
///
/// @param bits the effective set, bit *n* for capability *n*
public record RawCapabilities(long bits) {
    private static final int NET_BIND_SERVICE = 10;
    private static final int NET_ADMIN = 12;
    private static final int NET_RAW = 13;
    private static final int SYS_TIME = 25;

    /// Those of this process.
    public static RawCapabilities own() {
        return of(Path.of("/proc/self"));
    }

    /// Those of the process at `/proc/PID`; none when it cannot be told.
    static RawCapabilities of(Path process) {
        String hex = Processes.status(process, "CapEff").orElse("0");
        try {
            return new RawCapabilities(Long.parseUnsignedLong(hex, 16));
        } catch (NumberFormatException e) {
            return new RawCapabilities(0);
        }
    }

    /// CAP_NET_BIND_SERVICE: ports below 1024, such as NTP's 123.
    public boolean mayBindLowPorts() {
        return has(NET_BIND_SERVICE);
    }

    /// CAP_NET_ADMIN: receive buffers beyond the system's limit.
    public boolean mayAdministerNetwork() {
        return has(NET_ADMIN);
    }

    /// CAP_NET_RAW: hearing IGMP.
    public boolean mayUseRawSockets() {
        return has(NET_RAW);
    }

    /// CAP_SYS_TIME: steering the clock.
    public boolean maySteerClock() {
        return has(SYS_TIME);
    }

    private boolean has(int capability) {
        return (bits >>> capability & 1) != 0;
    }
}
