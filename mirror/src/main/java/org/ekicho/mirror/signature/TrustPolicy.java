package org.ekicho.mirror.signature;

import java.util.Set;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.ekicho.mirror.settings.ClientGeneration;

/// Which algorithms are believed, and when a key has to be valid. MD5 is never believed.
///
/// @param hashes     of signatures of content
/// @param selfHashes of signatures that a key makes of itself; the key was given by the admin, so that a weak one only
///                   endangers its dates
/// @param rsaBits    least length of an RSA key
/// @param dsaBits    least length of a DSA key
/// @param expiry     when a key must not have expired yet
public record TrustPolicy(Set<Integer> hashes, Set<Integer> selfHashes, int rsaBits, int dsaBits, Expiry expiry) {
    /// When a key must not have expired yet.
    public enum Expiry {
        /// Now: for what is signed anew all the time, such as repomd.xml.
        NOW,
        /// When it signed: packages stay valid longer than keys, and rpm says so too.
        WHEN_SIGNED
    }

    private static final Set<Integer> SHA2 = Set.of(
            HashAlgorithmTags.SHA224,
            HashAlgorithmTags.SHA256,
            HashAlgorithmTags.SHA384,
            HashAlgorithmTags.SHA512,
            HashAlgorithmTags.SHA3_256,
            HashAlgorithmTags.SHA3_512);

    private static final Set<Integer> SHA1_TOO = Set.of(
            HashAlgorithmTags.SHA1,
            HashAlgorithmTags.SHA224,
            HashAlgorithmTags.SHA256,
            HashAlgorithmTags.SHA384,
            HashAlgorithmTags.SHA512,
            HashAlgorithmTags.SHA3_256,
            HashAlgorithmTags.SHA3_512);

    /// What is signed today. SHA-1 is enough in the self-signatures of keys: those of CentOS 7 and 8 have it.
    public static final TrustPolicy CURRENT = new TrustPolicy(SHA2, SHA1_TOO, 2048, 2048, Expiry.WHEN_SIGNED);

    /// What EL5 and EL6 were signed with: SHA-1, and DSA keys of 1024 bits.
    public static final TrustPolicy OLD = new TrustPolicy(SHA1_TOO, SHA1_TOO, 1024, 1024, Expiry.WHEN_SIGNED);

    public TrustPolicy {
        hashes = Set.copyOf(hashes);
        selfHashes = Set.copyOf(selfHashes);
    }

    /// The policy for repositories of these clients.
    public static TrustPolicy of(ClientGeneration generation) {
        return switch (generation) {
            case EL5, EL6 -> OLD;
            default -> CURRENT;
        };
    }

    public TrustPolicy with(Expiry when) {
        return new TrustPolicy(hashes, selfHashes, rsaBits, dsaBits, when);
    }
}
