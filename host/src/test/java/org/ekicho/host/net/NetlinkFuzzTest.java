package org.ekicho.host.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NetlinkFuzzTest {
    @Test
    void mutations_of_real_answers_are_read_without_an_exception() throws IOException {
        Random dice = new Random(23);
        for (String name : new String[] {"netlink-links.bin", "netlink-addresses.bin"}) {
            byte[] seed;
            try (InputStream in = NetlinkFuzzTest.class.getResourceAsStream("/golden/" + name)) {
                assertThat(in).isNotNull();
                seed = in.readAllBytes();
            }
            NetlinkFuzz.fuzzerTestOneInput(seed);
            for (int i = 0; i < 3000; i++) {
                byte[] data = Arrays.copyOf(seed, dice.nextInt(8) == 0 ? dice.nextInt(seed.length) : seed.length);
                for (int flips = dice.nextInt(20); flips > 0 && data.length > 0; flips--) {
                    data[dice.nextInt(data.length)] = (byte) dice.nextInt();
                }
                NetlinkFuzz.fuzzerTestOneInput(data);
            }
        }
    }
}
