package org.ekicho.daemon.boot;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/// Secrets that open an answer file once. Only their digests are kept.
final class BootTokens {
    private static final int BYTES = 16;

    private final SecureRandom dice = new SecureRandom();

    /// A new one, 32 hexadecimal digits.
    String next() {
        byte[] bytes = new byte[BYTES];
        dice.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /// SHA-256 of a token, in hexadecimal.
    static String digest(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
