package org.ekicho.mirror.bundle;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.Refusal;
import org.ekicho.mirror.RefusedException;

/// The public half of a site's bundle key (Ed25519, RFC 8032).
///
/// @param hex its 32 bytes in hexadecimal digits
public record BundleKey(String hex) {
    /// Digits of the key.
    static final int DIGITS = 64;

    /// RFC 8410: what stands before the 32 bytes in an X.509 key.
    private static final String X509_PREFIX = "302a300506032b6570032100";

    /// Groups of four digits in a fingerprint: 128 bits.
    private static final int GROUPS = 8;

    public BundleKey {
        if (hex.length() != DIGITS || !hex.matches("[0-9a-f]+")) {
            throw new IllegalArgumentException("no Ed25519 key: " + hex.length() + " characters");
        }
    }

    /// What is signed: a word that says what kind of text it is, and the text's SHA-256.
    static byte[] message(String kind, byte[] text) {
        return (kind + "\n" + Sha256.hex(text) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /// `3f2a 9c01 …`: the first 128 bits of the key's SHA-256, to be compared by people.
    public String fingerprint() {
        String digest = Sha256.hex(HexFormat.of().parseHex(hex));
        StringBuilder groups = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            groups.append(i == 0 ? "" : " ").append(digest, 4 * i, 4 * i + 4);
        }
        return groups.toString();
    }

    /// The fingerprint as a file's name.
    public String shortName() {
        return fingerprint().replace(" ", "");
    }

    /// @param signature 64 bytes
    boolean verifies(String kind, byte[] text, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(publicKey());
            verifier.update(message(kind, text));
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private PublicKey publicKey() throws GeneralSecurityException {
        byte[] encoded = HexFormat.of().parseHex(X509_PREFIX + hex);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }

    /// The raw form of a key that Java made.
    public static BundleKey of(PublicKey key) {
        String encoded = HexFormat.of().formatHex(key.getEncoded());
        if (!encoded.startsWith(X509_PREFIX)) {
            throw new IllegalArgumentException("no Ed25519 key: " + key.getAlgorithm());
        }
        return new BundleKey(encoded.substring(X509_PREFIX.length()));
    }

    /// The file that is carried to the other side once.
    public byte[] encode(String site) {
        return new TextLines.Writer()
                .line("ekicho-bundle-key", 1)
                .line("site", TextLines.clean(site))
                .line("public", hex)
                .bytes();
    }

    /// Reads such a file.
    public static Reading<Named> decode(byte[] bytes) {
        try {
            TextLines lines = new TextLines(bytes);
            lines.next("ekicho-bundle-key");
            if (lines.number(Integer.MAX_VALUE) != 1) {
                throw lines.refuse("the key has another format version than 1");
            }
            lines.next("site");
            String site = lines.text();
            lines.next("public");
            BundleKey key = new BundleKey(lines.hex(DIGITS));
            lines.end();
            return new Reading.Done<>(new Named(site, key));
        } catch (RefusedException e) {
            return new Reading.Refused<>(new Refusal(
                    e.refusal().reason(),
                    "no bundle key: " + e.refusal().detail(),
                    e.refusal().line(),
                    0));
        }
    }

    /// A key and whose it is.
    public record Named(String site, BundleKey key) {}
}
