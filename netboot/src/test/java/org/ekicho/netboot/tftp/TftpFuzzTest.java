package org.ekicho.netboot.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TftpFuzzTest {
    @Test
    void mutations_of_what_firmware_sends_break_nothing() {
        Random dice = new Random(7);
        assertThat(GoldenPackets.all()).hasSizeGreaterThan(30);
        for (byte[] seed : GoldenPackets.all()) {
            TftpFuzz.fuzzerTestOneInput(seed);
            for (int i = 0; i < 1000; i++) {
                byte[] data = Arrays.copyOf(seed, dice.nextInt(3) == 0 ? dice.nextInt(600) : seed.length);
                for (int flips = dice.nextInt(6); flips > 0 && data.length > 0; flips--) {
                    data[dice.nextInt(data.length)] = (byte) dice.nextInt();
                }
                TftpFuzz.fuzzerTestOneInput(data);
            }
        }
    }
}
