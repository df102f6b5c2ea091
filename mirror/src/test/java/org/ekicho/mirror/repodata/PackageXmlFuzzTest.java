package org.ekicho.mirror.repodata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackageXmlFuzzTest {
    @ParameterizedTest
    @ValueSource(strings = {"hello.bin", "old.bin"})
    void mutations_of_a_package_are_written_as_xml_or_refused(String golden) throws IOException {
        byte[] seed = read(golden);
        PackageXmlFuzz.fuzzerTestOneInput(seed);
        Random dice = new Random(17);
        for (int i = 0; i < 3000; i++) {
            byte[] data = Arrays.copyOf(seed, seed.length);
            for (int flips = 1 + dice.nextInt(3); flips > 0; flips--) {
                data[dice.nextInt(data.length)] = (byte) dice.nextInt();
            }
            PackageXmlFuzz.fuzzerTestOneInput(data);
        }
        assertThat(seed).hasSizeGreaterThan(1000);
    }

    private static byte[] read(String golden) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(PackageXmlFuzzTest.class.getResourceAsStream("/golden/rpm/" + golden))) {
            return in.readAllBytes();
        }
    }
}
