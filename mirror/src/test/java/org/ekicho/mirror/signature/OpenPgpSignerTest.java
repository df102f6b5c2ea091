package org.ekicho.mirror.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.ekicho.mirror.signature.SignatureResult.Good;
import org.ekicho.mirror.signature.SignatureResult.Wrong;
import org.junit.jupiter.api.Test;
import org.pgpainless.PGPainless;
import org.pgpainless.util.Passphrase;

final class OpenPgpSignerTest {
    private static final byte[] CONTENT = "<repomd/>\n".getBytes(StandardCharsets.UTF_8);

    @Test
    void what_it_signs_is_believed_and_nothing_else() throws Exception {
        var ring = PGPainless.generateKeyRing().modernKeyRing("Repository <repo@example.org>");
        OpenPgpSigner signer = OpenPgpSigner.open(ring.getEncoded(), new char[0]);
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        byte[] signature = signer.sign(CONTENT, now);
        assertThat(new String(signature, StandardCharsets.US_ASCII))
                .startsWith("-----BEGIN PGP SIGNATURE-----\n\n")
                .doesNotContain("Version");
        Keyring keys = Keyring.decode(PGPainless.extractCertificate(ring).getEncoded());
        SignatureVerifier verifier = new SignatureVerifier(keys, TrustPolicy.CURRENT, now.plusSeconds(5));
        assertThat(verifier.verify(CONTENT, signature)).isInstanceOf(Good.class);
        SignatureVerifier published =
                new SignatureVerifier(Keyring.decode(signer.publicKey()), TrustPolicy.CURRENT, now.plusSeconds(5));
        assertThat(published.verify(CONTENT, signature)).isInstanceOf(Good.class);
        assertThat(new String(signer.publicKey(), StandardCharsets.US_ASCII))
                .startsWith("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n")
                .doesNotContain("PRIVATE");
        byte[] other = CONTENT.clone();
        other[2] ^= 1;
        assertThat(verifier.verify(other, signature)).isInstanceOf(Wrong.class);
    }

    @Test
    void a_protected_key_opens_with_its_passphrase_only() throws Exception {
        var ring = PGPainless.generateKeyRing()
                .modernKeyRing("Repository <repo@example.org>", Passphrase.fromPassword("sesame"));
        byte[] file = PGPainless.asciiArmor(ring).getBytes(StandardCharsets.US_ASCII);
        assertThat(OpenPgpSigner.open(file, "sesame".toCharArray()).fingerprint())
                .hasSize(40);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> OpenPgpSigner.open(file, "simsalabim".toCharArray()))
                .withMessage("its passphrase is another one");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> OpenPgpSigner.open(file, new char[0]))
                .withMessageContaining("protected by a passphrase");
    }

    @Test
    void refuses_what_is_no_secret_key() throws Exception {
        var ring = PGPainless.generateKeyRing().modernKeyRing("Repository <repo@example.org>");
        byte[] certificate = PGPainless.extractCertificate(ring).getEncoded();
        for (byte[] file : new byte[][] {CONTENT, new byte[0], certificate}) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> OpenPgpSigner.open(file, new char[0]))
                    .withMessageContaining("OpenPGP secret key");
        }
    }
}
