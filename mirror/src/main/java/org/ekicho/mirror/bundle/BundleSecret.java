package org.ekicho.mirror.bundle;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.RefusedException;

/// A site's bundle key: both halves.
public final class BundleSecret {
    /// RFC 8410: what stands before the 32 bytes in a PKCS #8 key.
    private static final String PKCS8_PREFIX = "302e020100300506032b657004220420";

    private final String site;
    private final String seed;
    private final BundleKey key;

    private BundleSecret(String site, String seed, BundleKey key) {
        this.site = site;
        this.seed = seed;
        this.key = key;
    }

    /// Of a pair of Ed25519 keys that the JDK made.
    public static BundleSecret of(String site, KeyPair pair) {
        String encoded = HexFormat.of().formatHex(pair.getPrivate().getEncoded());
        if (!encoded.startsWith(PKCS8_PREFIX)) {
            throw new IllegalArgumentException(
                    "no Ed25519 key: " + pair.getPrivate().getAlgorithm());
        }
        return new BundleSecret(
                TextLines.clean(site), encoded.substring(PKCS8_PREFIX.length()), BundleKey.of(pair.getPublic()));
    }

    /// Whose it is.
    public String site() {
        return site;
    }

    public BundleKey key() {
        return key;
    }

    /// 64 bytes.
    byte[] sign(String kind, byte[] text) {
        try {
            byte[] encoded = HexFormat.of().parseHex(PKCS8_PREFIX + seed);
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded)));
            signer.update(BundleKey.message(kind, text));
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key of 32 bytes can sign", e);
        }
    }

    /// The file that stays here, for its owner only.
    public byte[] encode() {
        return new TextLines.Writer()
                .line("ekicho-bundle-secret", 1)
                .line("site", site)
                .line("public", key.hex())
                .line("secret", seed)
                .bytes();
    }

    public static Reading<BundleSecret> decode(byte[] bytes) {
        try {
            TextLines lines = new TextLines(bytes);
            lines.next("ekicho-bundle-secret");
            if (lines.number(Integer.MAX_VALUE) != 1) {
                throw lines.refuse("the key has another format version than 1");
            }
            lines.next("site");
            String site = lines.text();
            lines.next("public");
            BundleKey key = new BundleKey(lines.hex(BundleKey.DIGITS));
            lines.next("secret");
            BundleSecret secret = new BundleSecret(site, lines.hex(BundleKey.DIGITS), key);
            lines.end();
            return new Reading.Done<>(secret);
        } catch (RefusedException e) {
            return new Reading.Refused<>(e.refusal());
        }
    }

    @Override
    public String toString() {
        return "bundle key of " + site + ", " + key.fingerprint();
    }
}
