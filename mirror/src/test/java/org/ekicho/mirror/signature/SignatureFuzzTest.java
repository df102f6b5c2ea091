package org.ekicho.mirror.signature;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "99170d06000865806e672d8227960000" + "0031592b", // a packet that is longer than the file
                "990012060008658063" + "2d822796000031592b0000", // a key with two gigabytes of material
                "88100600070a7fffffff000000000000" + "0000", // a signature with two gigabytes of subpackets
                "c6ff7fffffff06" // the same of the current form
            })
    void a_length_that_is_not_there_is_refused_before_it_is_taken(String hex) {
        assertThatThrownBy(() -> Keyring.decode(HexFormat.of().parseHex(hex)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("are there");
    }

    private static byte[] mutated(byte[] seed, Random dice) {
        byte[] data = Arrays.copyOf(seed, dice.nextInt(5) == 0 ? dice.nextInt(seed.length) : seed.length);
        for (int flips = dice.nextInt(4); flips > 0 && data.length > 0; flips--) {
            data[dice.nextInt(data.length)] = (byte) dice.nextInt();
        }
        return data;
    }
}
