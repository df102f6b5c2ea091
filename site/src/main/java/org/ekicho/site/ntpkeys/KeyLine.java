package org.ekicho.site.ntpkeys;

import org.ekicho.ntp.auth.SymmetricKey;
import org.ekicho.site.diagnostic.Position;

/// One key of a key file with its place and how its secret was written.
///
/// @param at       where the secret stands
/// @param key      the key as the program of this dialect understands it
/// @param notation how the secret was written
/// @param written  characters of the secret as written, less a prefix
public record KeyLine(Position at, SymmetricKey key, Notation notation, int written) {
    /// How a secret is written.
    public enum Notation {
        TEXT,
        HEX,
        /// Text that could be taken for hexadecimal: the commonest cause of two programs that disagree.
        TEXT_LIKE_HEX
    }

    static Notation notationOfText(String secret) {
        boolean hex =
                secret.length() >= 16 && secret.chars().allMatch(c -> Character.digit((char) c, 16) >= 0 && c < 128);
        return hex ? Notation.TEXT_LIKE_HEX : Notation.TEXT;
    }
}
