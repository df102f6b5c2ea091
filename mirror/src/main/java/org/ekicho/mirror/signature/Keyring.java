package org.ekicho.mirror.signature;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;

/// Public keys that an admin trusts for a repository.
public final class Keyring {
    public static final Keyring EMPTY = new Keyring(List.of());

    /// A key with a thousand signatures of other people has less.
    public static final int MAX_FILE_BYTES = 4 << 20;

    private final List<PGPPublicKeyRing> rings;

    private Keyring(List<PGPPublicKeyRing> rings) {
        this.rings = List.copyOf(rings);
    }

    /// Reads a file of keys: armored, with any number of blocks, or binary.
    ///
    /// @throws IOException when it holds no key, or breaks the format
    public static Keyring decode(byte[] file) throws IOException {
        return new Keyring(Packets.keys(file));
    }

    /// These keys and those.
    public Keyring with(Keyring other) {
        List<PGPPublicKeyRing> all = new ArrayList<>(rings);
        all.addAll(other.rings);
        return new Keyring(all);
    }

    public boolean isEmpty() {
        return rings.isEmpty();
    }

    /// What is in it, for people.
    public List<TrustedKey> keys() {
        return rings.stream().map(Keyring::describe).toList();
    }

    /// The rings that have this key or subkey: two may, when a key was renewed.
    List<PGPPublicKeyRing> having(long keyId) {
        return rings.stream().filter(ring -> ring.getPublicKey(keyId) != null).toList();
    }

    static String userId(PGPPublicKeyRing ring) {
        List<String> ids = userIds(ring.getPublicKey());
        return ids.isEmpty() ? "a key without a name" : ids.getFirst();
    }

    static String fingerprint(PGPPublicKey key) {
        return HexFormat.of().withUpperCase().formatHex(key.getFingerprint());
    }

    private static TrustedKey describe(PGPPublicKeyRing ring) {
        PGPPublicKey key = ring.getPublicKey();
        return new TrustedKey(
                fingerprint(key), userIds(key), kind(key), key.getCreationTime().toInstant());
    }

    /// User ids are UTF-8 by the standard, yet old ones are Latin-1; control characters would paint the terminal.
    private static List<String> userIds(PGPPublicKey key) {
        List<String> ids = new ArrayList<>();
        key.getRawUserIDs()
                .forEachRemaining(
                        raw -> ids.add(new String(raw, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?")));
        return ids;
    }

    private static String kind(PGPPublicKey key) {
        String name = switch (key.getAlgorithm()) {
            case PublicKeyAlgorithmTags.RSA_GENERAL, Packets.RSA_SIGN -> "RSA";
            case PublicKeyAlgorithmTags.DSA -> "DSA";
            case PublicKeyAlgorithmTags.ECDSA -> "ECDSA";
            case PublicKeyAlgorithmTags.EDDSA_LEGACY, PublicKeyAlgorithmTags.Ed25519, PublicKeyAlgorithmTags.Ed448 ->
                "EdDSA";
            default -> "algorithm " + key.getAlgorithm();
        };
        return name + " " + key.getBitStrength();
    }
}
