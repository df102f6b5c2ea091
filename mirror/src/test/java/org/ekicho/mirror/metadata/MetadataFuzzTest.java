package org.ekicho.mirror.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.ekicho.mirror.location.LocationFuzz;
import org.ekicho.mirror.repodata.RepomdFuzz;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MetadataFuzzTest {
    private static final String LOCATIONS = "Packages/a%2Bb/../%2e%2e/repodata/x\\y//z:1~2^3%00é";

    static Stream<Arguments> targets() {
        return Stream.of(
                target("repomd.xml", RepomdFuzz::fuzzerTestOneInput),
                target("primary.xml", PrimaryFuzz::fuzzerTestOneInput),
                target("filelists.xml", FileListsFuzz::fuzzerTestOneInput),
                target("other.xml", OtherFuzz::fuzzerTestOneInput),
                target("updateinfo.xml", UpdateInfoFuzz::fuzzerTestOneInput),
                target("comps.xml", CompsFuzz::fuzzerTestOneInput),
                target("modules.yaml", ModulesFuzz::fuzzerTestOneInput),
                target("treeinfo-1.2.ini", TreeInfoFuzz::fuzzerTestOneInput),
                target("metalink.xml", MetalinkFuzz::fuzzerTestOneInput),
                target("", LocationFuzz::fuzzerTestOneInput));
    }

    private static Arguments target(String golden, Consumer<byte[]> target) {
        return Arguments.of(golden, Named.of("target", target));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void mutations_are_read_or_refused(String golden, Consumer<byte[]> target) throws IOException {
        byte[] seed = golden.isEmpty() ? LOCATIONS.getBytes(StandardCharsets.UTF_8) : GoldenMetadata.bytes(golden);
        target.accept(seed);
        Random dice = new Random(29);
        int tried = 0;
        for (int i = 0; i < 2000; i++) {
            byte[] data = dice.nextInt(4) == 0 ? Arrays.copyOf(seed, dice.nextInt(seed.length)) : seed.clone();
            for (int flips = dice.nextInt(5); flips > 0 && data.length > 0; flips--) {
                int at = dice.nextInt(data.length);
                switch (dice.nextInt(3)) {
                    case 0 -> data[at] = (byte) dice.nextInt();
                    case 1 -> data[at] = (byte) "<>&\"'/=.:-% \n".charAt(dice.nextInt(13));
                    default -> {
                        int length = Math.min(dice.nextInt(40), data.length - at);
                        System.arraycopy(seed, dice.nextInt(seed.length - length + 1), data, at, length);
                    }
                }
            }
            target.accept(data);
            tried++;
        }
        assertThat(tried).isEqualTo(2000);
    }
}
