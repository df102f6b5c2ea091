package org.ekicho.ntp.control;

import java.util.Random;
import java.util.stream.Stream;
import org.ekicho.ntp.control.Dialogue.Turn;
import org.junit.jupiter.api.Test;

class ControlFuzzTest {
    private static final int MUTATIONS = 150;

    @Test
    void recorded_queries_and_their_mutations_break_no_rule() {
        Random dice = new Random(2026);
        Stream.of("classic.txt", "ntpsec.txt")
                .flatMap(name -> Dialogue.read(name).turns().stream())
                .map(Turn::queryBytes)
                .forEach(seed -> {
                    ControlFuzz.fuzzerTestOneInput(seed);
                    for (int i = 0; i < MUTATIONS; i++) {
                        ControlFuzz.fuzzerTestOneInput(mutated(seed, dice));
                    }
                });
    }

    private static byte[] mutated(byte[] seed, Random dice) {
        byte[] bytes = java.util.Arrays.copyOf(seed, Math.max(0, seed.length + dice.nextInt(-12, 5)));
        for (int i = dice.nextInt(4); i > 0 && bytes.length > 0; i--) {
            bytes[dice.nextInt(bytes.length)] = (byte) dice.nextInt();
        }
        return bytes;
    }
}
