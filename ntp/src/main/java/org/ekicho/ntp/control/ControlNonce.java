package org.ekicho.ntp.control;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.ekicho.ntp.packet.NtpTimestamp;
import org.ekicho.wire.BigEndian;
import org.ekicho.wire.Endpoint;

/// Proves that whoever asks for the client list can receive at its address: the list is long, and UDP sources are
/// easily forged (CVE-2013-5211). Nothing is stored: a nonce is the time and a keyed hash of time, address and port,
/// 24 hexadecimal digits as ntpq expects.
final class ControlNonce {
    /// How long a nonce holds, seconds: as classic.
    private static final double LIFETIME = 16;

    private static final int DIGITS = 24;
    private static final int TIME_DIGITS = 16;

    private final byte[] salt;

    /// @param salt random bytes of this start; old nonces then end with the process
    ControlNonce(byte[] salt) {
        this.salt = salt.clone();
    }

    String make(Endpoint asker, long clockNanos) {
        return make(asker, new Stamp(NtpTimestamp.ofNanos(clockNanos)));
    }

    /// True when `nonce` was made for this asker within the last 16 seconds.
    boolean isGood(String nonce, Endpoint asker, long clockNanos) {
        if (nonce.length() != DIGITS || !nonce.chars().allMatch(HexFormat::isHexDigit)) {
            return false;
        }
        long made = HexFormat.fromHexDigitsToLong(nonce, 0, TIME_DIGITS);
        double age = NtpTimestamp.differenceSeconds(NtpTimestamp.ofNanos(clockNanos), made);
        boolean genuine =
                MessageDigest.isEqual(ascii(make(asker, new Stamp(made))), ascii(nonce.toLowerCase(Locale.ROOT)));
        return genuine && age >= 0 && age <= LIFETIME;
    }

    /// A raw NTP timestamp.
    private record Stamp(long raw) {}

    private String make(Endpoint asker, Stamp made) {
        byte[] input = new byte[26];
        BigEndian.put64(input, 0, made.raw());
        BigEndian.put64(input, 8, asker.address().high());
        BigEndian.put64(input, 16, asker.address().low());
        BigEndian.put16(input, 24, asker.port());
        return String.format(Locale.ROOT, "%016x%08x", made.raw(), hash(input));
    }

    private int hash(byte[] input) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            digest.update(input);
            return BigEndian.i32(digest.digest(), 0);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
