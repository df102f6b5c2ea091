package org.ekicho.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChronyFuzzTest {
    @Test
    void mutations_of_an_answer_are_decoded_or_refused() throws IOException {
        byte[] seed = ChronyCodecTest.golden();
        ChronyFuzz.fuzzerTestOneInput(seed);
        Random dice = new Random(17);
        for (int i = 0; i < 5000; i++) {
            byte[] data = Arrays.copyOf(seed, dice.nextInt(4) == 0 ? dice.nextInt(160) : seed.length);
            for (int flips = dice.nextInt(4); flips > 0 && data.length > 0; flips--) {
                data[dice.nextInt(data.length)] = (byte) dice.nextInt();
            }
            ChronyFuzz.fuzzerTestOneInput(data);
        }
        assertThat(seed).hasSize(ChronyCodec.LENGTH);
    }
}
