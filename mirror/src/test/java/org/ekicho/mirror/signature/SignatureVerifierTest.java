package org.ekicho.mirror.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.ekicho.mirror.settings.ClientGeneration;
import org.ekicho.mirror.signature.SignatureResult.Good;
import org.ekicho.mirror.signature.SignatureResult.Malformed;
import org.ekicho.mirror.signature.SignatureResult.Refusal;
import org.ekicho.mirror.signature.SignatureResult.Refused;
import org.ekicho.mirror.signature.SignatureResult.UnknownKey;
import org.ekicho.mirror.signature.SignatureResult.Wrong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SignatureVerifierTest {
    private static final Instant LATER = Instant.parse("2025-01-01T00:00:00Z");
    private static final byte[] CONTENT = Golden.read("repomd.xml");

    @ParameterizedTest
    @CsvSource({
        "rsa.asc, Ekicho Test RSA <rsa@example.org>",
        "sub.asc, Ekicho Test Subkey <sub@example.org>",
        "ed.sig, Ekicho Test EdDSA <ed@example.org>"
    })
    void believes_what_gpg_signed(String file, String userId) {
        SignatureResult result = verify(TrustPolicy.CURRENT, file);
        assertThat(result).isInstanceOfSatisfying(Good.class, good -> {
            assertThat(good.userId()).isEqualTo(userId);
            assertThat(good.madeAt()).isBetween("2024-01-10T00:00:00Z", "2024-01-10T00:01:00Z");
        });
    }

    @Test
    void tells_the_subkey_that_signed_and_the_primary_key_that_is_trusted() {
        Good good = (Good) verify(TrustPolicy.CURRENT, "sub.asc");
        assertThat(good.fingerprint()).isEqualTo("3B15E5AF7728AD01B9C0C66B761591D4FE2ECBB1");
        assertThat(good.fingerprint()).doesNotEndWith(good.keyId());
    }

    @Test
    void finds_other_bytes_than_were_signed() {
        byte[] other = CONTENT.clone();
        other[40] ^= 1;
        assertThat(verifier(TrustPolicy.OLD, "keys.asc").verify(other, Golden.read("rsa.asc")))
                .isEqualTo(new Wrong("99C2ADB897D039CE", "Ekicho Test RSA <rsa@example.org>"));
    }

    @Test
    void does_not_know_a_stranger() {
        assertThat(verify(TrustPolicy.OLD, "stranger.asc")).isEqualTo(new UnknownKey("F730780423E48497"));
    }

    @Test
    void knows_nobody_with_an_empty_keyring() {
        assertThat(new SignatureVerifier(Keyring.EMPTY, TrustPolicy.OLD, LATER).verify(CONTENT, Golden.read("rsa.asc")))
                .isInstanceOf(UnknownKey.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa-sha1.asc", "old.asc"})
    void believes_sha_1_for_el6_only(String file) {
        assertThat(refusal(TrustPolicy.of(ClientGeneration.EL7), file)).isEqualTo(Refusal.WEAK_HASH);
        assertThat(verify(TrustPolicy.of(ClientGeneration.EL6), file)).isInstanceOf(Good.class);
    }

    @Test
    void believes_a_short_key_for_el5_only() {
        TrustPolicy sha1 = new TrustPolicy(
                TrustPolicy.OLD.hashes(), TrustPolicy.OLD.selfHashes(), 2048, 2048, TrustPolicy.Expiry.NOW);
        assertThat(refusal(sha1, "old.asc")).isEqualTo(Refusal.WEAK_KEY);
        assertThat(verify(TrustPolicy.of(ClientGeneration.EL5), "old.asc")).isInstanceOf(Good.class);
    }

    @Test
    void never_believes_md5() {
        assertThat(refusal(TrustPolicy.OLD, "rsa-md5.asc")).isEqualTo(Refusal.WEAK_HASH);
    }

    @Test
    void judges_an_expired_key_when_it_signed_or_now() {
        assertThat(verify(TrustPolicy.CURRENT, "expired.asc")).isInstanceOf(Good.class);
        assertThat(refusal(TrustPolicy.CURRENT.with(TrustPolicy.Expiry.NOW), "expired.asc"))
                .isEqualTo(Refusal.KEY_EXPIRED);
        SignatureVerifier thatJanuary = new SignatureVerifier(
                Golden.keys("keys.asc"),
                TrustPolicy.CURRENT.with(TrustPolicy.Expiry.NOW),
                Instant.parse("2024-01-20T00:00:00Z"));
        assertThat(thatJanuary.verify(CONTENT, Golden.read("expired.asc"))).isInstanceOf(Good.class);
    }

    @Test
    void does_not_believe_a_revoked_key() {
        assertThat(refusal(TrustPolicy.OLD, "revoked.asc")).isEqualTo(Refusal.KEY_REVOKED);
    }

    @Test
    void does_not_believe_the_future() {
        SignatureVerifier tooEarly = new SignatureVerifier(
                Golden.keys("keys.asc"), TrustPolicy.CURRENT, Instant.parse("2024-01-08T00:00:00Z"));
        assertThat(tooEarly.verify(CONTENT, Golden.read("rsa.asc")))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.refusal()).isEqualTo(Refusal.FROM_THE_FUTURE));
    }

    @Test
    void one_good_signature_of_several_is_enough() {
        String both = new String(Golden.read("stranger.asc"), StandardCharsets.US_ASCII)
                + new String(Golden.read("rsa.asc"), StandardCharsets.US_ASCII);
        assertThat(verifier(TrustPolicy.CURRENT, "keys.asc").verify(CONTENT, both.getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(Good.class);
    }

    @Test
    void reads_a_binary_file_of_several_keys() {
        assertThat(verifier(TrustPolicy.CURRENT, "keys.gpg").verify(CONTENT, Golden.read("ed.sig")))
                .isInstanceOf(Good.class);
        assertThat(Golden.keys("keys.gpg").keys())
                .extracting(TrustedKey::kind)
                .containsExactlyInAnyOrder("RSA 2048", "EdDSA 256");
    }

    @Test
    void shows_keys_as_people_compare_them() {
        TrustedKey key = Golden.keys("keys.asc").keys().getFirst();
        assertThat(key.spaced()).isEqualTo("59FB 9F2D C322 0E1A C420 5AA5 99C2 ADB8 97D0 39CE");
        assertThat(key.userIds()).containsExactly("Ekicho Test RSA <rsa@example.org>");
        assertThat(key.createdAt()).isEqualTo("2024-01-01T00:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "<html>login</html>", "-----BEGIN PGP SIGNATURE-----\n\nAAAA\n-----END PGP SIGNATURE-----"})
    void refuses_what_is_no_signature(String text) {
        assertThat(verifier(TrustPolicy.OLD, "keys.asc").verify(CONTENT, text.getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void refuses_a_keyring_that_is_none() {
        assertThatThrownBy(() -> Keyring.decode("<html>".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Keyring.decode(Golden.read("rsa.asc"))).isInstanceOf(IOException.class);
    }

    private static Refusal refusal(TrustPolicy policy, String file) {
        return ((Refused) verify(policy, file)).refusal();
    }

    private static SignatureResult verify(TrustPolicy policy, String file) {
        return verifier(policy, "keys.asc").verify(CONTENT, Golden.read(file));
    }

    private static SignatureVerifier verifier(TrustPolicy policy, String keys) {
        return new SignatureVerifier(Golden.keys(keys), policy, LATER);
    }
}
