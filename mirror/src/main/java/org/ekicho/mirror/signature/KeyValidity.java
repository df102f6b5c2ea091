package org.ekicho.mirror.signature;

import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.bcpg.sig.RevocationReason;
import org.bouncycastle.bcpg.sig.RevocationReasonTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;
import org.ekicho.mirror.signature.SignatureResult.Refusal;
import org.jspecify.annotations.Nullable;

/// Whether a key was fit to sign (RFC 9580 §5.2.1, §10.1): bound by its primary key, for signing, not revoked, not
/// expired. Signatures of other people are not looked at: the admin decided whom to trust.
///
/// @param policy   which algorithms count
/// @param signedAt when the signature in question was made
/// @param now      when it is judged
record KeyValidity(TrustPolicy policy, Instant signedAt, Instant now) {
    /// Why the key was not fit; empty when it was.
    Optional<Refusal> refusal(PGPPublicKeyRing ring, PGPPublicKey key) throws PGPException {
        PGPPublicKey primary = ring.getPublicKey();
        if (isRevoked(primary, primary, PGPSignature.KEY_REVOCATION)) {
            return Optional.of(Refusal.KEY_REVOKED);
        }
        @Nullable PGPSignature self = newestSelfSignature(primary);
        if (self == null) {
            return Optional.of(Refusal.KEY_NOT_PROVEN);
        }
        if (isExpired(primary, self)) {
            return Optional.of(Refusal.KEY_EXPIRED);
        }
        return key.isMasterKey() ? purpose(self) : subkey(primary, key);
    }

    private Optional<Refusal> subkey(PGPPublicKey primary, PGPPublicKey key) throws PGPException {
        if (isRevoked(primary, key, PGPSignature.SUBKEY_REVOCATION)) {
            return Optional.of(Refusal.KEY_REVOKED);
        }
        @Nullable PGPSignature newest = null;
        Iterator<PGPSignature> bindings = key.getSignaturesOfType(PGPSignature.SUBKEY_BINDING);
        while (bindings.hasNext()) {
            PGPSignature binding = bindings.next();
            if (counts(binding, primary) && binding.verifyCertification(primary, key) && isNewer(binding, newest)) {
                newest = binding;
            }
        }
        if (newest == null || !bindsBack(newest, primary, key)) {
            return Optional.of(Refusal.KEY_NOT_PROVEN);
        }
        return isExpired(key, newest) ? Optional.of(Refusal.KEY_EXPIRED) : purpose(newest);
    }

    /// A subkey that signs has agreed to belong to its primary key (RFC 9580 §5.2.1.10), or somebody could claim
    /// another's.
    private boolean bindsBack(PGPSignature binding, PGPPublicKey primary, PGPPublicKey key) throws PGPException {
        PGPSignatureSubpacketVector hashed = binding.getHashedSubPackets();
        PGPSignatureSubpacketVector unhashed = binding.getUnhashedSubPackets();
        return bindsBack(hashed, primary, key) || bindsBack(unhashed, primary, key);
    }

    private boolean bindsBack(@Nullable PGPSignatureSubpacketVector packets, PGPPublicKey primary, PGPPublicKey key)
            throws PGPException {
        if (packets == null) {
            return false;
        }
        PGPSignatureList embedded = packets.getEmbeddedSignatures();
        for (int i = 0; i < embedded.size(); i++) {
            PGPSignature back = embedded.get(i);
            if (back.getSignatureType() == PGPSignature.PRIMARYKEY_BINDING
                    && counts(back, key)
                    && back.verifyCertification(primary, key)) {
                return true;
            }
        }
        return false;
    }

    /// The newest valid certification of a user id, or signature of the key alone.
    private @Nullable PGPSignature newestSelfSignature(PGPPublicKey primary) throws PGPException {
        @Nullable PGPSignature newest = null;
        Iterator<byte[]> ids = primary.getRawUserIDs();
        while (ids.hasNext()) {
            byte[] id = ids.next();
            Iterator<PGPSignature> signatures = primary.getSignaturesForID(id);
            while (signatures != null && signatures.hasNext()) {
                PGPSignature signature = signatures.next();
                if (signature.isCertification()
                        && isBy(signature, primary)
                        && isNewer(signature, newest)
                        && counts(signature, primary)
                        && signature.verifyCertification(id, primary)) {
                    newest = signature;
                }
            }
        }
        Iterator<PGPSignature> direct = primary.getSignaturesOfType(PGPSignature.DIRECT_KEY);
        while (direct.hasNext()) {
            PGPSignature signature = direct.next();
            if (isBy(signature, primary)
                    && isNewer(signature, newest)
                    && counts(signature, primary)
                    && signature.verifyCertification(primary)) {
                newest = signature;
            }
        }
        return newest;
    }

    private boolean isRevoked(PGPPublicKey primary, PGPPublicKey key, int type) throws PGPException {
        Iterator<PGPSignature> revocations = key.getSignaturesOfType(type);
        while (revocations.hasNext()) {
            PGPSignature revocation = revocations.next();
            if (isBy(revocation, primary) && reaches(revocation) && verifies(revocation, primary, key)) {
                return true;
            }
        }
        return false;
    }

    private static boolean verifies(PGPSignature revocation, PGPPublicKey primary, PGPPublicKey key)
            throws PGPException {
        revocation.init(new BcPGPContentVerifierBuilderProvider(), primary);
        return key.isMasterKey()
                ? revocation.verifyCertification(primary)
                : revocation.verifyCertification(primary, key);
    }

    /// A key that was merely replaced or retired was good for what it signed before.
    private boolean reaches(PGPSignature revocation) {
        PGPSignatureSubpacketVector packets = revocation.getHashedSubPackets();
        @Nullable RevocationReason reason = packets == null ? null : packets.getRevocationReason();
        boolean soft = reason != null
                && (reason.getRevocationReason() == RevocationReasonTags.KEY_SUPERSEDED
                        || reason.getRevocationReason() == RevocationReasonTags.KEY_RETIRED);
        return !soft || !signedAt.isBefore(revocation.getCreationTime().toInstant());
    }

    /// Whether a signature is by this key and of an algorithm that counts; made ready to verify.
    private boolean counts(PGPSignature signature, PGPPublicKey by) throws PGPException {
        if (!policy.selfHashes().contains(signature.getHashAlgorithm())) {
            return false;
        }
        signature.init(new BcPGPContentVerifierBuilderProvider(), by);
        return true;
    }

    private static boolean isBy(PGPSignature signature, PGPPublicKey key) {
        return signature.getKeyID() == key.getKeyID();
    }

    private static boolean isNewer(PGPSignature signature, @Nullable PGPSignature than) {
        return than == null || !madeAt(signature).isBefore(madeAt(than));
    }

    private static Instant madeAt(PGPSignature signature) {
        return signature.getCreationTime().toInstant();
    }

    private boolean isExpired(PGPPublicKey key, PGPSignature self) {
        PGPSignatureSubpacketVector packets = self.getHashedSubPackets();
        long seconds =
                key.getVersion() < 4 ? key.getValidSeconds() : (packets == null ? 0 : packets.getKeyExpirationTime());
        Instant judged = switch (policy.expiry()) {
            case NOW -> now;
            case WHEN_SIGNED -> signedAt;
        };
        Instant created = key.getCreationTime().toInstant();
        return seconds > 0 && !judged.isBefore(created.plusSeconds(seconds));
    }

    private static Optional<Refusal> purpose(PGPSignature self) {
        PGPSignatureSubpacketVector packets = self.getHashedSubPackets();
        int flags = packets == null ? 0 : packets.getKeyFlags();
        return flags != 0 && (flags & KeyFlags.SIGN_DATA) == 0
                ? Optional.of(Refusal.NOT_FOR_SIGNING)
                : Optional.empty();
    }
}
