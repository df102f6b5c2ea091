package org.ekicho.mirror.signature;

import java.io.IOException;
import java.time.Instant;

/// A signature is whatever a server says: no bytes of it raise an exception, and none but gpg's are believed. A key
/// file
/// is read or refused.
public final class SignatureFuzz {
    private static final byte[] CONTENT = Golden.read("repomd.xml");
    private static final SignatureVerifier VERIFIER =
            new SignatureVerifier(Golden.keys("keys.asc"), TrustPolicy.OLD, Instant.parse("2025-01-01T00:00:00Z"));

    private SignatureFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        SignatureResult result = VERIFIER.verify(CONTENT, data);
        byte[] other = CONTENT.clone();
        other[0] ^= 1;
        if (result.isGood() && VERIFIER.verify(other, data).isGood()) {
            throw new IllegalStateException("a signature is good for two contents");
        }
        try {
            Keyring keys = Keyring.decode(data);
            keys.keys();
            new SignatureVerifier(keys, TrustPolicy.CURRENT, Instant.EPOCH).verify(CONTENT, Golden.read("rsa.asc"));
        } catch (IOException e) {
            if (e.getMessage() == null) {
                throw new IllegalStateException("refused without a sentence", e);
            }
        }
    }
}
