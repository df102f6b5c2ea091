package org.ekicho.mirror.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.RefusedException;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.SnapshotId;
import org.junit.jupiter.api.Test;

class SignatureFileTest {
    private static final byte[] TEXT = "a text\n".getBytes(StandardCharsets.UTF_8);

    @Test
    void its_key_signed_it() throws Exception {
        BundleSecret secret = Bundles.secret("Nord");
        byte[] file = SignatureFile.encode(secret, SignatureFile.MANIFEST, TEXT);
        SignatureFile signature = SignatureFile.decode(file).orThrow();
        signature.check(SignatureFile.MANIFEST, TEXT);
        assertThat(signature.key()).isEqualTo(secret.key());
        assertThat(file).hasSize(SignatureFile.BYTES);
    }

    @Test
    void every_flipped_bit_is_found() throws Exception {
        BundleSecret secret = Bundles.secret("Nord");
        byte[] file = SignatureFile.encode(secret, SignatureFile.MANIFEST, TEXT);
        for (int bit = 0; bit < 8 * file.length; bit++) {
            byte[] bad = file.clone();
            bad[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(passes(bad, SignatureFile.MANIFEST)).as("bit %d", bit).isFalse();
        }
    }

    @Test
    void a_signature_of_a_receipt_is_none_of_a_manifest() throws Exception {
        byte[] file = SignatureFile.encode(Bundles.secret("Nord"), SignatureFile.RECEIPT, TEXT);
        assertThat(passes(file, SignatureFile.RECEIPT)).isTrue();
        assertThat(passes(file, SignatureFile.MANIFEST)).isFalse();
    }

    @Test
    void keys_survive_their_files() throws Exception {
        BundleSecret secret = Bundles.secret("Nord");
        assertThat(BundleKey.decode(secret.key().encode("Nord")))
                .isEqualTo(new Reading.Done<>(new BundleKey.Named("Nord", secret.key())));
        BundleSecret again = BundleSecret.decode(secret.encode()).orThrow();
        byte[] file = SignatureFile.encode(again, SignatureFile.MANIFEST, TEXT);
        assertThat(file).isEqualTo(SignatureFile.encode(secret, SignatureFile.MANIFEST, TEXT));
        assertThat(secret.key().fingerprint()).matches("([0-9a-f]{4} ){7}[0-9a-f]{4}");
        assertThat(secret).hasToString("bundle key of Nord, " + secret.key().fingerprint());
    }

    @Test
    void a_receipt_is_read_and_every_flipped_bit_of_it_is_found() throws Exception {
        BundleSecret secret = Bundles.secret("Insel");
        Receipt receipt = new Receipt("Insel", Instant.parse("2026-11-27T10:15:00Z"), List.of(name()));
        byte[] file = receipt.encode(secret);
        assertThat(Receipt.decode(file)).isEqualTo(new Reading.Done<>(new Receipt.Signed(receipt, secret.key())));
        for (int bit = 0; bit < 8 * file.length; bit++) {
            byte[] bad = file.clone();
            bad[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(Receipt.decode(bad)).as("bit %d", bit).isInstanceOf(Reading.Refused.class);
        }
    }

    @Test
    void a_record_of_an_export_is_read() {
        ExportRecord exported =
                new ExportRecord(new BundleId("20261127T101500Z-00000001"), List.of(name()), Set.of("ab".repeat(32)));
        assertThat(ExportRecord.decode(exported.encode())).isEqualTo(new Reading.Done<>(exported));
    }

    private static SnapshotName name() {
        return new SnapshotName(new RepoId("own"), new SnapshotId("20261127T101500Z-3f2a9c01"));
    }

    private static boolean passes(byte[] file, String kind) {
        try {
            SignatureFile.decode(file).orThrow().check(kind, TEXT);
            return true;
        } catch (RefusedException e) {
            return false;
        }
    }
}
