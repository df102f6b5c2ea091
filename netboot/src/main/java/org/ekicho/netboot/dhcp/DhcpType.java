package org.ekicho.netboot.dhcp;

import java.util.Optional;

/// What a packet is: option 53 (RFC 2132 §9.6).
public enum DhcpType {
    DISCOVER(1),
    OFFER(2),
    REQUEST(3),
    DECLINE(4),
    ACK(5),
    NAK(6),
    RELEASE(7),
    INFORM(8);

    private final int code;

    DhcpType(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /// Empty for a type that only relays and lease queries use.
    public static Optional<DhcpType> of(int code) {
        return code >= 1 && code <= values().length ? Optional.of(values()[code - 1]) : Optional.empty();
    }
}
