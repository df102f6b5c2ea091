package org.ekicho.mirror.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BundleFuzzTest {
    @Test
    void mutations_of_a_bundle_are_read_or_refused() throws Exception {
        Bundles.Written bundle = Bundles.write();
        BundleSecret secret = Bundles.secret("Nord");
        byte[] manifest = ManifestWriter.encode(bundle.manifest());
        List<byte[]> seeds = List.of(
                manifest,
                SignatureFile.encode(secret, SignatureFile.MANIFEST, manifest),
                new Receipt("Insel", Bundles.MADE, List.of()).encode(secret),
                secret.encode(),
                bundle.volumes().getLast());
        Random dice = new Random(23);
        for (byte[] seed : seeds) {
            BundleFuzz.fuzzerTestOneInput(seed);
            for (int i = 0; i < 2_000; i++) {
                byte[] data = Arrays.copyOf(seed, dice.nextInt(4) == 0 ? dice.nextInt(seed.length) : seed.length);
                for (int flips = dice.nextInt(4); flips > 0 && data.length > 0; flips--) {
                    data[dice.nextInt(data.length)] = (byte) dice.nextInt();
                }
                BundleFuzz.fuzzerTestOneInput(data);
            }
        }
        assertThat(seeds).hasSize(5);
    }
}
