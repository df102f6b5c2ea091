package org.ekicho.ntp.packet;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.ekicho.wire.BigEndian;
import org.ekicho.wire.IpAddress;

/// The 32-bit reference id (RFC 5905 §7.3): at stratum 0 a kiss code, at 1 the kind of clock, both four ASCII
/// characters; above that the upstream server's IPv4 address, or the first 4 bytes of the MD5 of its IPv6 address.
public final class ReferenceId {
    /// Kiss codes (RFC 5905 §7.4).
    public static final int RATE = ofText("RATE");

    public static final int DENY = ofText("DENY");
    public static final int RSTR = ofText("RSTR");
    /// The classic id of the undisciplined local clock, driver 1 unit 0.
    public static final int LOCAL_CLOCK = 0x7f7f0100;

    private ReferenceId() {}

    /// Up to four ASCII characters, padded with zero bytes.
    public static int ofText(String text) {
        byte[] bytes = new byte[4];
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(ascii, 0, bytes, 0, Math.min(4, ascii.length));
        return BigEndian.i32(bytes, 0);
    }

    public static int ofAddress(IpAddress address) {
        if (address.isV4()) {
            return address.v4Bits();
        }
        try {
            return BigEndian.i32(MessageDigest.getInstance("MD5").digest(address.toBytes()), 0);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no MD5", e);
        }
    }

    /// As ntpq shows it: `.LOCL.` at stratum 0 and 1 (non-printing characters as `?`), a dotted quad above.
    public static String format(int referenceId, int stratum) {
        if (stratum > 1 && stratum < 16) {
            return IpAddress.ofV4(referenceId).toString();
        }
        StringBuilder text = new StringBuilder(6);
        for (int shift = 24; shift >= 0; shift -= 8) {
            int c = referenceId >>> shift & 0xff;
            if (c != 0) {
                text.append(c >= 0x20 && c < 0x7f ? (char) c : '?');
            }
        }
        return "." + text + ".";
    }
}
