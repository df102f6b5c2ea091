package org.ekicho.ntp.auth;

import java.security.DigestException;
import java.security.MessageDigest;

/// hash(secret ‖ packet), the MAC of RFC 5905 §7.3 for MD5 and SHA (not HMAC).
final class DigestMac implements PacketMac {
    private final MessageDigest digest;
    private final byte[] secret;

    DigestMac(MessageDigest digest, byte[] secret) {
        this.digest = digest;
        this.secret = secret;
    }

    @Override
    public void compute(byte[] bytes, int length, byte[] out) {
        digest.update(secret);
        digest.update(bytes, 0, length);
        try {
            digest.digest(out, 0, MAX_FULL_DIGEST);
        } catch (DigestException e) {
            throw new IllegalStateException("no room for a digest in " + out.length + " bytes", e);
        }
    }
}
