package org.ekicho.netboot.trace;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// A few hundred random stories in each build; `dev/fuzz` looks longer.
final class TimelineFuzzTest {
    @Test
    void random_events_never_throw_and_stay_within_the_limits() {
        Random random = new Random(4);
        for (int i = 0; i < 300; i++) {
            byte[] data = new byte[random.nextInt(4096)];
            random.nextBytes(data);
            TimelineFuzz.fuzzerTestOneInput(data);
        }
    }
}
