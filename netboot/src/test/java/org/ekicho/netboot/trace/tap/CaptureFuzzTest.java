package org.ekicho.netboot.trace.tap;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Damaged captures, made from real ones.
final class CaptureFuzzTest {
    @ParameterizedTest
    @ValueSource(strings = {"a-bios-full-tcg.pcap", "f-uefi-mtu.pcap", "f-uefi-tid.pcap"})
    void a_damaged_capture_is_read_as_far_as_it_goes(String name) {
        byte[] whole = Captures.bytes(name);
        Random random = new Random(7);
        for (int i = 0; i < 1000; i++) {
            byte[] damaged = whole.clone();
            for (int j = 0; j <= i % 16; j++) damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            CaptureFuzz.fuzzerTestOneInput(damaged);
        }
    }

    @Test
    void a_capture_cut_anywhere_is_read_up_to_there() {
        byte[] whole = Captures.bytes("f-uefi-mtu.pcap");
        for (int length = 0; length < whole.length; length += 13) {
            CaptureFuzz.fuzzerTestOneInput(Arrays.copyOf(whole, length));
        }
    }
}
