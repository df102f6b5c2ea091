package org.ekicho.host.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TimexTest {
    private static int golden(String name) throws IOException {
        try (InputStream in = TimexTest.class.getResourceAsStream("/golden/layouts.txt")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(name + " "))
                    .mapToInt(line -> Integer.parseInt(line.substring(name.length() + 1)))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void lies_in_memory_as_the_c_headers_say() throws IOException {
        assertThat(Timex.SIZE).isEqualTo(golden("sizeof.timex"));
        assertThat(Timex.MODES).isEqualTo(golden("timex.modes"));
        assertThat(Timex.OFFSET).isEqualTo(golden("timex.offset"));
        assertThat(Timex.FREQUENCY).isEqualTo(golden("timex.freq"));
        assertThat(Timex.MAX_ERROR).isEqualTo(golden("timex.maxerror"));
        assertThat(Timex.ESTIMATED_ERROR).isEqualTo(golden("timex.esterror"));
        assertThat(Timex.STATUS).isEqualTo(golden("timex.status"));
        assertThat(Timex.SECONDS).isEqualTo(golden("timex.time"));
        assertThat(Timex.FRACTION).isEqualTo(golden("timex.time") + 8);
        assertThat(Timex.TICK).isEqualTo(golden("timex.tick"));
        assertThat(Timex.TAI).isEqualTo(golden("timex.tai"));
    }
}
