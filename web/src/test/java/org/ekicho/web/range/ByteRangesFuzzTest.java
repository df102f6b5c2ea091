package org.ekicho.web.range;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteRangesFuzzTest {
    private static final String[] PIECES = {
        "0", "1", "-", ",", " ", "999", "1000", "99999999999999999999", "x", "=", "-5"
    };

    @Test
    void no_mixture_leaves_the_file() {
        Random dice = new Random(5);
        int parts = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder header = new StringBuilder("bytes=");
            for (int n = dice.nextInt(8); n > 0; n--) {
                header.append(PIECES[dice.nextInt(PIECES.length)]);
            }
            ByteRangesFuzz.fuzzerTestOneInput(header.toString().getBytes(StandardCharsets.ISO_8859_1));
            parts += ByteRanges.parse(header.toString(), 1000) instanceof ByteRanges.Parts ? 1 : 0;
        }
        assertThat(parts).isGreaterThan(500);
    }
}
