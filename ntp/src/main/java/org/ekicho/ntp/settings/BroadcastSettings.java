package org.ekicho.ntp.settings;

import java.util.List;
import org.ekicho.wire.IpAddress;

/// One `broadcast` line: a stream of mode 5 packets.
///
/// @param address    group, subnet broadcast address
/// @param port       destination UDP port, 123 but in tests and demos
/// @param keyId      key that signs it, 0: none
/// @param poll       log2 of the interval in seconds, 1..17 (classic: 3..17, default 6)
/// @param ttl        hop limit of multicast packets, 1..255; what the classic index stands for is already looked up
/// @param version    NTP version of the packets, 1..4
/// @param interfaces names of the interfaces that it leaves by; empty: as classic ntpd, all suitable ones
public record BroadcastSettings(
        IpAddress address, int port, int keyId, int poll, int ttl, int version, List<String> interfaces) {
    public static final int DEFAULT_POLL = 6;

    public BroadcastSettings {
        interfaces = List.copyOf(interfaces);
        if (ttl < 1 || ttl > 255) {
            throw new IllegalArgumentException("ttl is 1..255, not " + ttl);
        }
        if (poll < 1 || poll > 17) {
            throw new IllegalArgumentException("a broadcast poll is 1..17, not " + poll);
        }
        if (version < 1 || version > 4) {
            throw new IllegalArgumentException("version is 1..4, not " + version);
        }
    }
}
