package org.ekicho.host.net;

import java.util.Arrays;
import org.ekicho.wire.BigEndian;
import org.ekicho.wire.MacAddress;

/// Any bytes as a frame: no exception, and what is answered is no question that would be answered in turn.
public final class RouterSolicitationFuzz {
    private static final MacAddress OWN = MacAddress.literal("52:54:00:aa:00:01");

    private RouterSolicitationFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        answer(data);
        byte[] frame = Arrays.copyOf(data, 128);
        BigEndian.put16(frame, 12, RouterSolicitation.ETHER_TYPE);
        frame[14] = 0x60;
        frame[RouterSolicitation.NEXT_HEADER_AT] = RouterSolicitation.ICMP;
        frame[21] = (byte) 255;
        frame[RouterSolicitation.TYPE_AT] = (byte) RouterSolicitation.SOLICITATION;
        answer(frame);
        BigEndian.put16(frame, 22, 0xfe80);
        if (!answer(frame)) throw new IllegalStateException("a question that is not answered");
    }

    private static boolean answer(byte[] frame) {
        return RouterSolicitation.decode(frame, frame.length)
                .map(asked -> {
                    byte[] answer = asked.none(OWN);
                    if (RouterSolicitation.decode(answer, answer.length).isPresent()) {
                        throw new IllegalStateException("a loop");
                    }
                    return answer;
                })
                .isPresent();
    }
}
