package org.ekicho.mirror.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CodecFuzzTest {
    @ParameterizedTest
    @EnumSource(
            value = Codec.class,
            names = {"GZ", "BZ2", "XZ", "ZSTD"})
    void mutations_of_packed_bytes_open_or_are_refused(Codec codec) throws IOException {
        byte[] seed = CodecTest.golden(codec);
        Random dice = new Random(17);
        for (int i = 0; i < 500; i++) {
            byte[] data = Arrays.copyOf(seed, dice.nextInt(4) == 0 ? dice.nextInt(seed.length) : seed.length);
            for (int flips = dice.nextInt(4); flips > 0 && data.length > 0; flips--) {
                data[dice.nextInt(data.length)] = (byte) dice.nextInt();
            }
            CodecFuzz.fuzzerTestOneInput(data);
        }
        assertThat(seed).isNotEmpty();
    }
}
