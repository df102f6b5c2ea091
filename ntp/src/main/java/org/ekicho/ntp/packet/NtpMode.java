package org.ekicho.ntp.packet;

/// The three mode bits of an NTP packet (RFC 5905 §7.3), in wire order.
public enum NtpMode {
    /// 0: reserved; NTPv1 clients send it.
    RESERVED,
    /// 1.
    SYMMETRIC_ACTIVE,
    /// 2.
    SYMMETRIC_PASSIVE,
    /// 3: a request.
    CLIENT,
    /// 4: a reply.
    SERVER,
    /// 5: broadcast or multicast.
    BROADCAST,
    /// 6: control protocol (ntpq).
    CONTROL,
    /// 7: private (ntpdc); never answered.
    PRIVATE;

    private static final NtpMode[] BY_CODE = values();

    /// The value of the three low bits of `code`.
    public static NtpMode ofCode(int code) {
        return BY_CODE[code & 7];
    }

    public int code() {
        return ordinal();
    }
}
