package org.ekicho.ntp.auth;

import java.util.Locale;
import java.util.Optional;

/// How a symmetric key authenticates a packet. The digest kinds are hash(key ‖ packet), not HMAC, as every NTP
/// implementation does it (RFC 5905 §7.3); the CMAC kinds are RFC 4493 over the packet (RFC 8573).
public enum KeyType {
    MD5("MD5", "MD5", 16),
    SHA1("SHA1", "SHA-1", 20),
    SHA256("SHA256", "SHA-256", 32),
    SHA384("SHA384", "SHA-384", 48),
    SHA512("SHA512", "SHA-512", 64),
    AES128CMAC("AES128CMAC", "AES-128-CMAC", 16),
    AES256CMAC("AES256CMAC", "AES-256-CMAC", 16);

    /// Longer digests are cut to this in NTPv4 packets, as chrony and NTPsec do: a MAC of more than 24 bytes would
    /// look like an extension field (RFC 7822 §7.5.1.4).
    public static final int MAX_DIGEST = 20;

    private final String fileName;
    private final String algorithm;
    private final int fullDigest;

    KeyType(String fileName, String algorithm, int fullDigest) {
        this.fileName = fileName;
        this.algorithm = algorithm;
        this.fullDigest = fullDigest;
    }

    /// The name in a classic ntp.keys file.
    public String fileName() {
        return fileName;
    }

    /// The name in words, and of the JDK's digest where there is one.
    public String algorithm() {
        return algorithm;
    }

    public boolean isCmac() {
        return this == AES128CMAC || this == AES256CMAC;
    }

    /// Bytes of digest that travel in an NTPv4 packet: 16 or 20.
    public int digestLength() {
        return Math.min(fullDigest, MAX_DIGEST);
    }

    /// Bytes of the whole digest, which packets up to version 3 may carry.
    public int fullDigestLength() {
        return fullDigest;
    }

    /// True when classic ntpd 4.2.8 can verify it: its MACs end at 20 bytes of digest and are never cut.
    public boolean isVerifiedByClassic() {
        return this == MD5 || this == SHA1 || this == AES128CMAC;
    }

    /// Reads the classic file name, case ignored.
    public static Optional<KeyType> ofFileName(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        for (KeyType type : values()) {
            if (type.fileName.equals(upper)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
