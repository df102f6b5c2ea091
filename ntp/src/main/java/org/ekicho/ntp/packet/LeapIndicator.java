package org.ekicho.ntp.packet;

/// The two leap bits of an NTP packet (RFC 5905 §7.3), in wire order.
public enum LeapIndicator {
    NONE,
    /// The last minute of the day has 61 seconds.
    INSERT,
    /// The last minute of the day has 59 seconds.
    DELETE,
    /// The sender's clock is not synchronised.
    UNSYNCHRONISED;

    private static final LeapIndicator[] BY_CODE = values();

    /// The value of the two low bits of `code`.
    public static LeapIndicator ofCode(int code) {
        return BY_CODE[code & 3];
    }

    public int code() {
        return ordinal();
    }
}
