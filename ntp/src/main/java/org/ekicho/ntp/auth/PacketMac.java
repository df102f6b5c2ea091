package org.ekicho.ntp.auth;

/// Computes the digest of one key over the beginning of a packet. Reuses its state: one thread only.
sealed interface PacketMac permits DigestMac, AesCmac {
    /// The longest digest of any kind: SHA-512.
    int MAX_FULL_DIGEST = 64;

    /// Writes the whole digest over `bytes[0..length)` to the start of `out`, which has room for `MAX_FULL_DIGEST`.
    void compute(byte[] bytes, int length, byte[] out);

    /// The engine for a key; keys of one digest share the digest of `digests`.
    static PacketMac of(SymmetricKey key, Digests digests) {
        return switch (key.type()) {
            case MD5, SHA1, SHA256, SHA384, SHA512 -> new DigestMac(digests.of(key.type()), key.secret());
            case AES128CMAC, AES256CMAC -> new AesCmac(key.secret());
        };
    }
}
