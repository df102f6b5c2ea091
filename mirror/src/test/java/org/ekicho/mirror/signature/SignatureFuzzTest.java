package org.ekicho.mirror.signature;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SignatureFuzzTest {
    @ParameterizedTest
    @ValueSource(strings = {"ed.sig", "rsa.asc", "keys.gpg"})
    void mutations_of_gpgs_files_are_judged_or_refused(String name) {
        byte[] seed = Golden.read(name);
        Random dice = new Random(29);
        assertThatCode(() -> {
                    for (int i = 0; i < 1500; i++) {
                        SignatureFuzz.fuzzerTestOneInput(mutated(seed, dice));
                    }
                })
                .doesNotThrowAnyException();
    }

    private static byte[] mutated(byte[] seed, Random dice) {
        byte[] data = Arrays.copyOf(seed, dice.nextInt(5) == 0 ? dice.nextInt(seed.length) : seed.length);
        for (int flips = dice.nextInt(4); flips > 0 && data.length > 0; flips--) {
            data[dice.nextInt(data.length)] = (byte) dice.nextInt();
        }
        return data;
    }
}
