package org.ekicho.mirror.bundle;

import java.util.HexFormat;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.Refusal;
import org.ekicho.mirror.RefusedException;

/// Who signed a text, in three lines. There is one way only to write it, so that no bit of it can change unseen.
///
/// ```text
/// ekicho-signature 1
/// key 64 hexadecimal digits
/// signature 128 hexadecimal digits
/// ```
///
/// @param key       who says to have signed
/// @param signature 128 hexadecimal digits
public record SignatureFile(BundleKey key, String signature) {
    public static final String FILE_NAME = "bundle.signature";
    /// It has exactly this many bytes.
    public static final int BYTES = 19 + 4 + 64 + 1 + 10 + 128 + 1;
    /// What a signed manifest is.
    public static final String MANIFEST = "ekicho-bundle-manifest-1";
    /// What a signed receipt is.
    public static final String RECEIPT = "ekicho-receipt-1";

    /// Signs a text of this kind.
    public static byte[] encode(BundleSecret secret, String kind, byte[] text) {
        return new TextLines.Writer()
                .line("ekicho-signature", 1)
                .line("key", secret.key().hex())
                .line("signature", HexFormat.of().formatHex(secret.sign(kind, text)))
                .bytes();
    }

    public static Reading<SignatureFile> decode(byte[] bytes) {
        try {
            TextLines lines = new TextLines(bytes);
            lines.next("ekicho-signature");
            if (lines.number(Integer.MAX_VALUE) != 1 || bytes.length != BYTES) {
                throw lines.refuse("it is no signature of format version 1");
            }
            lines.next("key");
            BundleKey key = new BundleKey(lines.hex(BundleKey.DIGITS));
            lines.next("signature");
            SignatureFile signature = new SignatureFile(key, lines.hex(128));
            lines.end();
            return new Reading.Done<>(signature);
        } catch (RefusedException e) {
            return new Reading.Refused<>(e.refusal());
        }
    }

    /// Whether its key signed this text.
    ///
    /// @throws RefusedException when it did not
    public void check(String kind, byte[] text) throws RefusedException {
        if (!key.verifies(kind, text, HexFormat.of().parseHex(signature))) {
            throw new RefusedException(Refusal.of(
                    MirrorReason.BAD_SIGNATURE, "key " + key.fingerprint() + " did not sign these very bytes"));
        }
    }
}
