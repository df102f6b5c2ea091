package org.ekicho.mirror.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RpmHeaderFuzzTest {
    @ParameterizedTest
    @ValueSource(strings = {"hello.bin", "old.bin"})
    void mutations_of_a_package_are_read_or_refused(String golden) throws IOException {
        byte[] seed = GoldenRpm.read(golden);
        RpmHeaderFuzz.fuzzerTestOneInput(seed);
        Random dice = new Random(17);
        for (int i = 0; i < 20_000; i++) {
            byte[] data = Arrays.copyOf(seed, dice.nextInt(8) == 0 ? dice.nextInt(seed.length) : seed.length);
            for (int flips = dice.nextInt(4); flips > 0 && data.length > 0; flips--) {
                data[dice.nextInt(data.length)] = (byte) (dice.nextBoolean() ? dice.nextInt() : dice.nextInt(12));
            }
            RpmHeaderFuzz.fuzzerTestOneInput(data);
        }
        assertThat(seed).hasSizeGreaterThan(1000);
    }
}
