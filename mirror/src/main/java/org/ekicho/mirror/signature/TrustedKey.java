package org.ekicho.mirror.signature;

import java.time.Instant;
import java.util.List;

/// A key of a keyring, for people.
///
/// @param fingerprint upper-case hexadecimal digits
/// @param userIds     as the key has them
/// @param kind        such as `RSA 4096`
/// @param createdAt   when it was made
public record TrustedKey(String fingerprint, List<String> userIds, String kind, Instant createdAt) {
    public TrustedKey {
        userIds = List.copyOf(userIds);
    }

    /// In groups of four, as people compare it.
    public String spaced() {
        return fingerprint.replaceAll("(.{4})(?!$)", "$1 ");
    }
}
