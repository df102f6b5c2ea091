package org.ekicho.site.ntpkeys;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.ekicho.ntp.auth.SymmetricKey;

/// A short mark by which two people can tell over the telephone whether two machines hold the same secret.
///
/// 16 bits of a SHA-256: different secrets have the same mark once in 65,536 times, and it tells an eavesdropper
/// nothing that the MAC of a single packet does not tell better.
public final class KeyMark {
    private static final int BYTES = 2;

    private KeyMark() {}

    /// Four hexadecimal digits; the id does not count, the type does.
    public static String of(SymmetricKey key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(("ekicho key mark " + key.type().fileName() + " ").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(key.secret()), 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
