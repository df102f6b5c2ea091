package org.ekicho.mirror.signature;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;
import org.ekicho.mirror.signature.SignatureResult.Refusal;
import org.jspecify.annotations.Nullable;

/// Verifies signatures of bytes by a keyring. Safe for many threads.
///
/// @param keyring whom we trust
/// @param policy  how far
/// @param now     when it is judged
public record SignatureVerifier(Keyring keyring, TrustPolicy policy, Instant now) {
    /// Clocks of build hosts are not exact.
    private static final Duration CLOCK_ERROR = Duration.ofHours(24);

    private static final int CHUNK_BYTES = 64 * 1024;

    /// A key that might have signed.
    private record Candidate(PGPSignature signature, PGPPublicKeyRing ring, PGPPublicKey key) {}

    /// Verifies a detached signature, armored or not, such as `repomd.xml.asc`. Of several, one good one is enough.
    ///
    /// @param content    what was signed
    /// @param signatures the signature file
    public SignatureResult verify(byte[] content, byte[] signatures) {
        try {
            return verify(new ByteArrayInputStream(content), signatures);
        } catch (IOException e) {
            throw new AssertionError("bytes in memory can be read", e);
        }
    }

    /// The same for a stream, which is read once.
    ///
    /// @throws IOException when the content cannot be read
    public SignatureResult verify(InputStream content, byte[] signatures) throws IOException {
        List<PGPSignature> all;
        try {
            all = Packets.signatures(signatures);
        } catch (IOException e) {
            return new SignatureResult.Malformed(String.valueOf(e.getMessage()));
        }
        List<Candidate> candidates = new ArrayList<>();
        SignatureResult result =
                new SignatureResult.UnknownKey(keyId(all.getFirst().getKeyID()));
        for (PGPSignature signature : all) {
            if (signature.getSignatureType() != PGPSignature.BINARY_DOCUMENT) {
                result = new SignatureResult.Malformed("it is no signature of a file");
                continue;
            }
            for (PGPPublicKeyRing ring : keyring.having(signature.getKeyID())) {
                candidate(signature, ring).ifPresent(candidates::add);
            }
        }
        feed(content, candidates);
        for (Candidate candidate : candidates) {
            result = judge(candidate);
            if (result.isGood()) {
                return result;
            }
        }
        return result;
    }

    /// Each candidate needs a signature object of its own, since it carries the state of the digest.
    private static Optional<Candidate> candidate(PGPSignature signature, PGPPublicKeyRing ring) {
        PGPPublicKey key = ring.getPublicKey(signature.getKeyID());
        try {
            PGPSignature own = Packets.signatures(signature.getEncoded()).getFirst();
            own.init(new BcPGPContentVerifierBuilderProvider(), key);
            return Optional.of(new Candidate(own, ring, key));
        } catch (IOException | PGPException | RuntimeException e) {
            // An algorithm that the key does not have: as good as another key.
            return Optional.empty();
        }
    }

    private static void feed(InputStream content, List<Candidate> candidates) throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        for (int n = content.read(chunk); n >= 0 && !candidates.isEmpty(); n = content.read(chunk)) {
            for (Candidate candidate : candidates) {
                candidate.signature().update(chunk, 0, n);
            }
        }
    }

    private SignatureResult judge(Candidate candidate) {
        PGPSignature signature = candidate.signature();
        String id = keyId(signature.getKeyID());
        String user = Keyring.userId(candidate.ring());
        Instant madeAt = signature.getCreationTime().toInstant();
        try {
            if (!signature.verify()) {
                return new SignatureResult.Wrong(id, user);
            }
            Optional<Refusal> refusal = weakness(candidate).or(() -> dates(signature, madeAt));
            if (refusal.isEmpty()) {
                refusal = new KeyValidity(policy, madeAt, now).refusal(candidate.ring(), candidate.key());
            }
            if (refusal.isPresent()) {
                return new SignatureResult.Refused(id, user, refusal.get(), detail(refusal.get(), candidate));
            }
            return new SignatureResult.Good(
                    id, Keyring.fingerprint(candidate.ring().getPublicKey()), user, madeAt);
        } catch (PGPException | RuntimeException e) {
            return new SignatureResult.Malformed("its numbers are not those of such a key");
        }
    }

    private Optional<Refusal> weakness(Candidate candidate) {
        if (!policy.hashes().contains(candidate.signature().getHashAlgorithm())) {
            return Optional.of(Refusal.WEAK_HASH);
        }
        int bits = candidate.key().getBitStrength();
        int least = switch (candidate.key().getAlgorithm()) {
            case PublicKeyAlgorithmTags.RSA_GENERAL, Packets.RSA_SIGN -> policy.rsaBits();
            case PublicKeyAlgorithmTags.DSA -> policy.dsaBits();
            default -> 0;
        };
        return bits < least ? Optional.of(Refusal.WEAK_KEY) : Optional.empty();
    }

    private Optional<Refusal> dates(PGPSignature signature, Instant madeAt) {
        if (madeAt.isAfter(now.plus(CLOCK_ERROR))) {
            return Optional.of(Refusal.FROM_THE_FUTURE);
        }
        @Nullable PGPSignatureSubpacketVector packets = signature.getHashedSubPackets();
        long seconds = packets == null ? 0 : packets.getSignatureExpirationTime();
        return seconds > 0 && !now.isBefore(madeAt.plusSeconds(seconds))
                ? Optional.of(Refusal.SIGNATURE_EXPIRED)
                : Optional.empty();
    }

    private static String detail(Refusal refusal, Candidate candidate) {
        return switch (refusal) {
            case WEAK_HASH -> hash(candidate.signature().getHashAlgorithm());
            case WEAK_KEY -> candidate.key().getBitStrength() + " bits";
            case KEY_EXPIRED, KEY_REVOKED, KEY_NOT_PROVEN, NOT_FOR_SIGNING, SIGNATURE_EXPIRED, FROM_THE_FUTURE -> "";
        };
    }

    private static String hash(int algorithm) {
        return switch (algorithm) {
            case HashAlgorithmTags.MD5 -> "MD5";
            case HashAlgorithmTags.SHA1 -> "SHA-1";
            case HashAlgorithmTags.RIPEMD160 -> "RIPEMD-160";
            default -> "digest " + algorithm;
        };
    }

    private static String keyId(long id) {
        return HexFormat.of().withUpperCase().toHexDigits(id);
    }
}
