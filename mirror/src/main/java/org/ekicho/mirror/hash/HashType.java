package org.ekicho.mirror.hash;

import java.util.Locale;
import java.util.Optional;

/// The kinds of checksum that repository metadata may name.
public enum HashType {
    MD5("md5", "MD5", 32),
    /// SHA-1 by the name that yum of CentOS 5 knows.
    SHA("sha", "SHA-1", 40),
    SHA1("sha1", "SHA-1", 40),
    SHA224("sha224", "SHA-224", 56),
    SHA256("sha256", "SHA-256", 64),
    SHA384("sha384", "SHA-384", 96),
    SHA512("sha512", "SHA-512", 128);

    private final String word;
    private final String algorithm;
    private final int hexLength;

    HashType(String word, String algorithm, int hexLength) {
        this.word = word;
        this.algorithm = algorithm;
        this.hexLength = hexLength;
    }

    /// As metadata writes it: `sha256`.
    public String word() {
        return word;
    }

    /// As Java names it: `SHA-256`.
    public String algorithm() {
        return algorithm;
    }

    /// Length of a checksum in hexadecimal digits.
    public int hexLength() {
        return hexLength;
    }

    /// The type of this word, in any case; empty for one that nobody knows.
    public static Optional<HashType> of(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        for (HashType type : values()) {
            if (type.word.equals(lower)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
