package org.ekicho.mirror.hash;

import java.util.Locale;
import java.util.Optional;

/// A checksum and its kind.
///
/// @param type how it was made
/// @param hex  lower-case hexadecimal digits, as many as the type has
public record Checksum(HashType type, String hex) {
    public Checksum {
        if (!isHex(hex, type.hexLength())) {
            throw new IllegalArgumentException("no " + type.word() + " in hexadecimal digits: " + hex.length()
                    + " characters, expected " + type.hexLength());
        }
    }

    /// From words of metadata; empty when the type is unknown or the digits are not such a checksum.
    public static Optional<Checksum> parse(String type, String hex) {
        String digits = hex.strip().toLowerCase(Locale.ROOT);
        return HashType.of(type.strip())
                .filter(known -> isHex(digits, known.hexLength()))
                .map(known -> new Checksum(known, digits));
    }

    private static boolean isHex(String text, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return type.word() + ":" + hex;
    }
}
