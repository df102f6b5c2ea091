package org.ekicho.ntp.packet;

import org.junit.jupiter.api.Test;

class NtpPacketFuzzTest {
    @Test
    void no_packet_near_the_golden_ones_breaks_an_invariant() {
        Mutations.feed("/golden/packets", 5_000, NtpPacketFuzz::fuzzerTestOneInput);
    }
}
