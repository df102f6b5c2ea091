package org.ekicho.mirror.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AccessLogFuzzTest {
    private static final String SEED = "192.168.55.10 - - [27/Nov/2026:05:51:27 +0100] "
            + "\"GET /latest/base/Packages/a%2Bb.rpm HTTP/1.1\" 206 3106 \"http://x/\\x22\" "
            + "\"libdnf (Rocky Linux 9.4; generic; Linux.x86_64)\"";

    @Test
    void mutations_of_a_line_are_read_or_refused() {
        byte[] seed = SEED.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(LogLineParser.parse(SEED)).isPresent();
        Random dice = new Random(3);
        for (int i = 0; i < 5000; i++) {
            byte[] data = Arrays.copyOf(seed, dice.nextInt(4) == 0 ? dice.nextInt(seed.length) : seed.length);
            for (int flips = dice.nextInt(5); flips > 0 && data.length > 0; flips--) {
                data[dice.nextInt(data.length)] = (byte) dice.nextInt();
            }
            AccessLogFuzz.fuzzerTestOneInput(data);
        }
    }
}
