package org.ekicho.host.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;
import org.junit.jupiter.api.Test;

final class ArpPacketTest {
    private static final MacAddress OWN = MacAddress.literal("52:54:00:77:00:01");
    private static final IpAddress TARGET = IpAddress.literal("10.77.0.100");

    @Test
    void a_probe_is_what_the_standard_says_and_is_read_back() {
        byte[] frame = ArpPacket.probe(OWN, TARGET);
        assertThat(HexFormat.of().formatHex(frame))
                .isEqualTo("ffffffffffff5254007700010806"
                        + "0001080006040001"
                        + "52540077000100000000"
                        + "0000000000000a4d0064");
        assertThat(ArpPacket.decode(frame, frame.length)).contains(new ArpPacket(true, OWN, IpAddress.ANY_V4, TARGET));
    }

    @Test
    void claims_what_it_has_and_what_it_is_about_to_take() {
        assertThat(new ArpPacket(true, OWN, IpAddress.ANY_V4, TARGET).claims(TARGET))
                .isTrue();
        assertThat(new ArpPacket(false, OWN, TARGET, IpAddress.ANY_V4).claims(TARGET))
                .isTrue();
        assertThat(new ArpPacket(true, OWN, IpAddress.literal("10.77.0.9"), TARGET).claims(TARGET))
                .isFalse();
    }

    @Test
    void other_frames_are_none() {
        byte[] frame = ArpPacket.probe(OWN, TARGET);
        assertThat(ArpPacket.decode(frame, 41)).isEmpty();
        for (int at : new int[] {12, 14, 16, 18, 20}) {
            byte[] other = frame.clone();
            other[at] ^= 0x40;
            assertThat(ArpPacket.decode(other, other.length)).isEmpty();
        }
    }
}
