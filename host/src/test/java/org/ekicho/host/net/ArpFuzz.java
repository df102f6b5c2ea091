package org.ekicho.host.net;

import java.util.Arrays;
import org.ekicho.wire.BigEndian;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;

/// Any bytes as a frame: no exception, and our own question about an address is read as one that claims it.
public final class ArpFuzz {
    private ArpFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        ArpPacket.decode(data, data.length);
        byte[] frame = Arrays.copyOf(data, ArpPacket.FRAME);
        BigEndian.put16(frame, 12, ArpPacket.ETHER_TYPE);
        BigEndian.put32(frame, 14, 0x00010800);
        BigEndian.put16(frame, 18, 0x0604);
        BigEndian.put16(frame, 20, 1 + (frame[21] & 1));
        ArpPacket read = ArpPacket.decode(frame, frame.length).orElseThrow();
        check(read.claims(read.sender()));
        check(ArpPacket.decode(frame, Math.min(data.length, ArpPacket.FRAME - 1))
                .isEmpty());
        byte[] ours = ArpPacket.probe(MacAddress.at(frame, 22), IpAddress.ofV4(BigEndian.i32(frame, 38)));
        ArpPacket probe = ArpPacket.decode(ours, ours.length).orElseThrow();
        check(probe.request() && probe.mac().equals(read.mac()) && probe.claims(read.target()));
    }

    private static void check(boolean holds) {
        if (!holds) throw new IllegalStateException("read otherwise");
    }
}
