package org.ekicho.ntp.auth;

import org.ekicho.ntp.NtpReason;

/// Verifies and writes the MAC at the end of a packet. Holds working buffers and digests that are reused: belongs to
/// one thread, allocates nothing per packet once warm.
public final class Authenticator {
    private final KeyRing keys;

    public Authenticator(KeyRing keys) {
        this.keys = keys;
    }

    public KeyRing keys() {
        return keys;
    }

    /// Where the MAC of the packet in `bytes[0..length)` begins (RFC 7822 §7.5.1.4 and the classic rule: after the
    /// header and whole extension fields, a rest of 4, 20 or 24 bytes; for versions 1 to 3 all after the header).
    ///
    /// @return the offset of the key id; `length` when there is no MAC; -1 when the length fits neither
    public static int macOffset(byte[] bytes, int length) {
        throw new UnsupportedOperationException();
    }

    /// Checks the MAC at `macOffset` against the key that it names, in constant time.
    ///
    /// @return [NtpReason#OK], or MISSING_MAC, CRYPTO_NAK, UNKNOWN_KEY, UNTRUSTED_KEY, KEY_NOT_FOR_ADDRESS,
    ///     WRONG_MAC_LENGTH, BAD_MAC, EXTENSION_WITH_WEAK_MAC
    public NtpReason verify(byte[] bytes, int length, int macOffset, long peerHigh, long peerLow) {
        throw new UnsupportedOperationException();
    }

    /// Appends key id and digest over `bytes[0..length)`.
    ///
    /// @return the new length
    /// @throws IllegalArgumentException if the key is not in the ring
    public int seal(byte[] bytes, int length, int keyId) {
        throw new UnsupportedOperationException();
    }
}
