package org.ekicho.host.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;
import org.junit.jupiter.api.Test;

final class RouterSolicitationTest {
    private static final MacAddress OWN = MacAddress.literal("52:54:00:aa:00:01");
    /// As iPXE sends it.
    private static final String ASKED = "333300000002" + "525400770001" + "86dd" + "600000000010" + "3aff"
            + "fe80000000000000505400fffe770001" + "ff020000000000000000000000000002"
            + "8500" + "0000" + "00000000" + "0101" + "525400770001";

    private static byte[] asked() {
        return HexFormat.of().parseHex(ASKED);
    }

    @Test
    void a_question_is_read() {
        assertThat(RouterSolicitation.decode(asked(), asked().length))
                .contains(new RouterSolicitation(
                        MacAddress.literal("52:54:00:77:00:01"), IpAddress.literal("fe80::5054:ff:fe77:1")));
    }

    @Test
    void the_answer_is_a_router_of_no_lifetime_to_that_machine_alone() {
        byte[] frame =
                RouterSolicitation.decode(asked(), asked().length).orElseThrow().none(OWN);
        String hex = HexFormat.of().formatHex(frame);
        assertThat(hex)
                .startsWith("525400770001" + "525400aa0001" + "86dd" + "600000000018" + "3aff"
                        + "fe80000000000000505400fffeaa0001" + "fe80000000000000505400fffe770001" + "8600");
        assertThat(hex).endsWith("00000000" + "00000000" + "00000000" + "0101" + "525400aa0001");
        long sum = 24 + 58;
        for (int at = 22; at < frame.length; at += 2) sum += ((frame[at] & 0xff) << 8) | (frame[at + 1] & 0xff);
        while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
        assertThat(sum).isEqualTo(0xffff);
    }

    @Test
    void who_has_no_address_yet_is_answered_by_its_hardware_address() {
        byte[] frame = asked();
        Arrays.fill(frame, 22, 38, (byte) 0);
        byte[] answer =
                RouterSolicitation.decode(frame, frame.length).orElseThrow().none(OWN);
        assertThat(HexFormat.of().formatHex(answer))
                .startsWith("525400770001")
                .contains("fe80000000000000505400fffeaa0001" + "ff020000000000000000000000000001" + "8600");
    }

    /// Found by fuzzing: an IPv4 address in IPv6's clothes is nobody's on the wire.
    @Test
    void an_address_that_no_machine_asks_from_is_not_answered() {
        byte[] frame = asked();
        Arrays.fill(frame, 22, 32, (byte) 0);
        Arrays.fill(frame, 32, 34, (byte) 0xff);
        assertThat(RouterSolicitation.decode(frame, frame.length)).isEmpty();
    }

    @Test
    void other_frames_are_none() {
        for (int at : new int[] {12, 14, 20, 21, 54}) {
            byte[] other = asked();
            other[at] ^= 0x11;
            assertThat(RouterSolicitation.decode(other, other.length)).isEmpty();
        }
        assertThat(RouterSolicitation.decode(asked(), 61)).isEmpty();
    }
}
