package org.ekicho.daemon.mirror.sync;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ekicho.host.files.BoundedRead;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.settings.RepoSettings;
import org.ekicho.mirror.signature.Keyring;
import org.ekicho.mirror.signature.PackageVerifier;
import org.ekicho.mirror.signature.SignatureResult;
import org.ekicho.mirror.signature.SignatureVerifier;
import org.ekicho.mirror.signature.TrustPolicy;
import org.ekicho.mirror.signature.TrustedKey;

/// Whom a repository trusts, with its keys read.
///
/// @param keyring its keys
/// @param policy  for packages
/// @param now     when it is judged
/// @param checks  what must be signed
record Trust(Keyring keyring, TrustPolicy policy, Instant now, java.util.Set<RepoSettings.Check> checks) {
    /// @throws SyncFailure when something must be signed and a key is missing
    static Trust of(RepoSettings repo, Instant now) throws IOException, SyncFailure {
        TrustPolicy policy = TrustPolicy.of(repo.generation());
        Keyring keyring = Keyring.EMPTY;
        if (repo.checks().isEmpty()) {
            return new Trust(keyring, policy, now, repo.checks());
        }
        for (String name : repo.gpgKeys()) {
            Path file = Demands.keyFile(name);
            try {
                keyring = keyring.with(Keyring.decode(BoundedRead.bytes(file, Keyring.MAX_FILE_BYTES)));
            } catch (IOException e) {
                throw new SyncFailure(MirrorReason.BAD_SIGNATURE, "the key file " + file + ": " + e.getMessage());
            }
        }
        if (keyring.isEmpty()) {
            throw new SyncFailure(
                    MirrorReason.BAD_SIGNATURE,
                    "signatures must be checked, but no key is named; name the key's file in gpgkey, or set gpgcheck=0"
                            + " to take packages unchecked");
        }
        return new Trust(keyring, policy, now, repo.checks());
    }

    /// Tells two states of trust apart.
    String words() {
        return checks.stream().map(Enum::name).sorted().collect(Collectors.joining(",")) + " "
                + keyring.keys().stream().map(TrustedKey::fingerprint).sorted().collect(Collectors.joining(","))
                + " " + policy.rsaBits();
    }

    /// For packages; empty when they need not be signed.
    Optional<PackageVerifier> packages() {
        return checks.contains(RepoSettings.Check.PACKAGES)
                ? Optional.of(new PackageVerifier(new SignatureVerifier(keyring, policy, now)))
                : Optional.empty();
    }

    /// @param signature the content of repomd.xml.asc; empty when upstream has none
    /// @throws SyncFailure when metadata must be signed, and is not
    void metadata(byte[] repomd, Optional<byte[]> signature) throws SyncFailure {
        if (!checks.contains(RepoSettings.Check.METADATA)) {
            return;
        }
        SignatureResult result = signature.isEmpty()
                ? new SignatureResult.Unsigned()
                : new SignatureVerifier(keyring, policy.with(expiry()), now).verify(repomd, signature.get());
        if (!result.isGood()) {
            throw new SyncFailure(MirrorReason.BAD_SIGNATURE, "repomd.xml " + result.sentence());
        }
    }

    /// Metadata of a living distribution is signed anew all the time; that of EL5 and EL6 never again.
    private TrustPolicy.Expiry expiry() {
        return policy.equals(TrustPolicy.OLD) ? TrustPolicy.Expiry.WHEN_SIGNED : TrustPolicy.Expiry.NOW;
    }
}
