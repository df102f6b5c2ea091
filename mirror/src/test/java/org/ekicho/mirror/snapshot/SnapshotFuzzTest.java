package org.ekicho.mirror.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SnapshotFuzzTest {
    @Test
    void mutations_of_manifests_and_states_are_read_or_refused() throws IOException {
        List<byte[]> seeds = List.of(SnapshotCodecTest.golden("two.snapshot"), SnapshotCodecTest.golden("prod.state"));
        Random dice = new Random(3);
        for (byte[] seed : seeds) {
            SnapshotFuzz.fuzzerTestOneInput(seed);
            for (int i = 0; i < 2000; i++) {
                byte[] data = Arrays.copyOf(seed, dice.nextInt(4) == 0 ? dice.nextInt(seed.length + 9) : seed.length);
                for (int flips = dice.nextInt(4); flips > 0 && data.length > 0; flips--) {
                    data[dice.nextInt(data.length)] = (byte) dice.nextInt();
                }
                SnapshotFuzz.fuzzerTestOneInput(data);
            }
        }
        assertThat(seeds).hasSize(2);
    }
}
