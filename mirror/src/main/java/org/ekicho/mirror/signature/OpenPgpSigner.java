package org.ekicho.mirror.signature;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.Iterator;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;
import org.bouncycastle.openpgp.operator.bc.BcPBESecretKeyDecryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.jspecify.annotations.Nullable;
import org.pgpainless.PGPainless;

/// Signs with a secret key: detached, binary, in ASCII armour, SHA-256, as `gpg --detach-sign --armor` does
/// and every rpm, yum and dnf verifies.
@SuppressWarnings("JavaUtilDate") // Bouncy Castle speaks no other
public final class OpenPgpSigner {
    /// More than a secret key with all its subkeys has.
    public static final int MAX_FILE_BYTES = 1 << 20;

    private final PGPSecretKeyRing ring;
    private final PGPPublicKey key;
    private final PGPPrivateKey secret;

    private OpenPgpSigner(PGPSecretKeyRing ring, PGPPublicKey key, PGPPrivateKey secret) {
        this.ring = ring;
        this.key = key;
        this.secret = secret;
    }

    /// Reads a secret key as `gpg --export-secret-keys` writes it, armored or not.
    ///
    /// @param file       its bytes
    /// @param passphrase what it is protected with; empty for none
    /// @throws IOException when there is no secret key that may sign, or the passphrase is wrong; the message
    ///     holds nothing of either
    public static OpenPgpSigner open(byte[] file, char[] passphrase) throws IOException {
        PGPSecretKeyRing ring;
        try {
            ring = PGPainless.readKeyRing().secretKeyRing(file);
        } catch (IOException | RuntimeException e) {
            throw new IOException("it is no OpenPGP secret key", e);
        }
        if (ring == null) {
            throw new IOException("it holds no OpenPGP secret key; export one with gpg --export-secret-keys");
        }
        PGPSecretKey signing = signingKey(ring);
        if (signing == null) {
            throw new IOException("none of its keys may sign, or the secret part is not in the file");
        }
        try {
            PGPPrivateKey secret = signing.extractPrivateKey(
                    new BcPBESecretKeyDecryptorBuilder(new BcPGPDigestCalculatorProvider()).build(passphrase));
            return new OpenPgpSigner(ring, signing.getPublicKey(), secret);
        } catch (PGPException e) {
            throw new IOException(
                    passphrase.length == 0
                            ? "it is protected by a passphrase; name the file that holds it"
                            : "its passphrase is another one",
                    e);
        }
    }

    /// A subkey for signing goes before the primary key, as with gpg; of several, the newest.
    private static @Nullable PGPSecretKey signingKey(PGPSecretKeyRing ring) {
        PGPSecretKey best = null;
        for (Iterator<PGPSecretKey> keys = ring.getSecretKeys(); keys.hasNext(); ) {
            PGPSecretKey candidate = keys.next();
            if (candidate.isPrivateKeyEmpty() || !maySign(candidate.getPublicKey())) {
                continue;
            }
            if (best == null || best.isMasterKey() || isNewer(candidate, best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static boolean isNewer(PGPSecretKey one, PGPSecretKey other) {
        return one.getPublicKey().getCreationTime().after(other.getPublicKey().getCreationTime());
    }

    /// By the flags of its newest self-signature; old keys have none, and then the primary key signs.
    private static boolean maySign(PGPPublicKey key) {
        if (key.hasRevocation()) {
            return false;
        }
        int flags = 0;
        Date newest = new Date(0);
        for (Iterator<PGPSignature> signatures = key.getSignatures(); signatures.hasNext(); ) {
            PGPSignature signature = signatures.next();
            PGPSignatureSubpacketVector hashed = signature.getHashedSubPackets();
            if (hashed != null
                    && hashed.getKeyFlags() != 0
                    && !signature.getCreationTime().before(newest)) {
                newest = signature.getCreationTime();
                flags = hashed.getKeyFlags();
            }
        }
        return flags == 0 ? key.isMasterKey() : (flags & KeyFlags.SIGN_DATA) != 0;
    }

    /// Fingerprint of the key that signs, in upper-case hexadecimal digits.
    public String fingerprint() {
        return HexFormat.of().withUpperCase().formatHex(key.getFingerprint());
    }

    /// The public half of the key file, as `gpg --export --armor` writes it: what clients verify with.
    public byte[] publicKey() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ArmoredOutputStream armor =
                ArmoredOutputStream.builder().clearHeaders().build(bytes)) {
            ring.toCertificate().encode(armor);
        }
        return bytes.toByteArray();
    }

    /// The signature of these bytes, in ASCII armour.
    public byte[] sign(byte[] content, Instant now) throws IOException {
        try {
            PGPSignatureGenerator generator = new PGPSignatureGenerator(
                    new BcPGPContentSignerBuilder(key.getAlgorithm(), HashAlgorithmTags.SHA256), key);
            generator.init(PGPSignature.BINARY_DOCUMENT, secret);
            PGPSignatureSubpacketGenerator subpackets = new PGPSignatureSubpacketGenerator();
            subpackets.setSignatureCreationTime(false, Date.from(now));
            subpackets.setIssuerFingerprint(false, key);
            generator.setHashedSubpackets(subpackets.generate());
            PGPSignatureSubpacketGenerator unhashed = new PGPSignatureSubpacketGenerator();
            unhashed.setIssuerKeyID(false, key.getKeyID());
            generator.setUnhashedSubpackets(unhashed.generate());
            generator.update(content);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ArmoredOutputStream armor =
                    ArmoredOutputStream.builder().clearHeaders().build(bytes)) {
                generator.generate().encode(armor);
            }
            return bytes.toByteArray();
        } catch (PGPException e) {
            throw new IOException("the key " + fingerprint() + " cannot sign: " + e.getMessage(), e);
        }
    }
}
