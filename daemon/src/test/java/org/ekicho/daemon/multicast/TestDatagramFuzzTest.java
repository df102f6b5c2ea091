package org.ekicho.daemon.multicast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TestDatagramFuzzTest {
    @Test
    void mutations_are_refused_or_written_again_as_they_were() {
        byte[] seed = new TestDatagram(0x0123456789abcdefL, 42, "eth0.20").encode();
        assertThat(TestDatagram.decode(seed)).contains(new TestDatagram(0x0123456789abcdefL, 42, "eth0.20"));
        Random dice = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            byte[] data = Arrays.copyOf(seed, dice.nextInt(4) == 0 ? dice.nextInt(40) : seed.length);
            for (int flips = dice.nextInt(3); flips > 0 && data.length > 0; flips--) {
                data[dice.nextInt(data.length)] = (byte) dice.nextInt();
            }
            TestDatagramFuzz.fuzzerTestOneInput(data);
        }
    }
}
