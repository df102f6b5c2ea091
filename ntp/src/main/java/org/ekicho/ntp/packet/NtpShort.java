package org.ekicho.ntp.packet;

/// The 32-bit NTP short format, 16.16 seconds, unsigned (RFC 5905 §6): root delay and root dispersion.
public final class NtpShort {
    /// The greatest value: 65536 s less one unit.
    public static final double MAX_SECONDS = 0xffff_ffffL / 65536.0;

    private NtpShort() {}

    /// The 32 bits for `seconds`, rounded up so that no error bound is understated; out of range values are clamped.
    public static int ofSeconds(double seconds) {
        double units = Math.ceil(seconds * 65536.0);
        return (int) (long) Math.min(Math.max(units, 0), 0xffff_ffffL);
    }

    public static double toSeconds(int bits) {
        return (bits & 0xffff_ffffL) / 65536.0;
    }
}
