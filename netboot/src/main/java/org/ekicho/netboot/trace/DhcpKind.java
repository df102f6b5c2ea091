package org.ekicho.netboot.trace;

/// DHCP message types (RFC 2132 §9.6) as far as a boot needs them.
public enum DhcpKind {
    DISCOVER,
    OFFER,
    REQUEST,
    DECLINE,
    ACK,
    NAK,
    RELEASE,
    INFORM,
    /// Plain BOOTP, or a type that a boot does not need.
    OTHER;

    /// The type of option 53's value.
    public static DhcpKind of(int code) {
        return code >= 1 && code <= 8 ? values()[code - 1] : OTHER;
    }
}
