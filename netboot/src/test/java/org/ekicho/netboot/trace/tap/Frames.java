package org.ekicho.netboot.trace.tap;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ekicho.wire.IpAddress;

/// Writes frames and captures, as far as the tests of the tap need them.
final class Frames {
    static final int FIN = 1;
    static final int SYN = 2;
    static final int ACK = 16;

    private static final byte[] MACHINE = Captures.MACHINE.toBytes();
    private static final byte[] SERVER = {2, 0, 0, 0, 0, 1};

    final List<Long> times = new ArrayList<>();
    final List<byte[]> frames = new ArrayList<>();

    Frames add(long atNanos, byte[] frame) {
        times.add(atNanos);
        frames.add(frame);
        return this;
    }

    static byte[] udp(String from, int fromPort, String to, int toPort, byte[] payload) {
        ByteBuffer transport = ByteBuffer.allocate(8 + payload.length);
        transport.putShort((short) fromPort).putShort((short) toPort).putShort((short) (8 + payload.length));
        transport.putShort((short) 0).put(payload);
        return ip(from, to, 17, transport.array());
    }

    static byte[] tcp(String from, int fromPort, String to, int toPort, long seq, long ack, int flags, String text) {
        byte[] payload = text.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer transport = ByteBuffer.allocate(20 + payload.length);
        transport
                .putShort((short) fromPort)
                .putShort((short) toPort)
                .putInt((int) seq)
                .putInt((int) ack);
        transport
                .put((byte) 0x50)
                .put((byte) flags)
                .putShort((short) 8192)
                .putInt(0)
                .put(payload);
        return ip(from, to, 6, transport.array());
    }

    private static byte[] ip(String from, String to, int protocol, byte[] transport) {
        boolean byMachine = from.endsWith(".17");
        ByteBuffer frame = ByteBuffer.allocate(14 + 20 + transport.length);
        frame.put(byMachine ? SERVER : MACHINE)
                .put(byMachine ? MACHINE : SERVER)
                .putShort((short) 0x0800);
        frame.put((byte) 0x45)
                .put((byte) 0)
                .putShort((short) (20 + transport.length))
                .putInt(0);
        frame.put((byte) 64).put((byte) protocol).putShort((short) 0);
        frame.put(IpAddress.literal(from).toBytes())
                .put(IpAddress.literal(to).toBytes())
                .put(transport);
        return frame.array();
    }

    /// The frame with a VLAN tag.
    static byte[] tagged(byte[] frame, int tag) {
        ByteBuffer longer = ByteBuffer.allocate(frame.length + 4);
        longer.put(frame, 0, 12).putShort((short) tag).putShort((short) 7).put(frame, 12, frame.length - 12);
        return longer.array();
    }

    /// The frame as the first fragment of a longer packet, or a later one at `offset` eights.
    static byte[] fragment(byte[] frame, int offset, int keep) {
        byte[] part = Arrays.copyOf(frame, keep);
        ByteBuffer.wrap(part).putShort(16, (short) (keep - 14)).putShort(20, (short) (0x2000 | offset));
        return part;
    }

    /// A capture of these frames, each cut to `snap` bytes.
    byte[] capture(ByteOrder order, int magic, int snap) {
        long unit = magic == 0xa1b23c4d ? 1 : 1000;
        ByteBuffer out = ByteBuffer.allocate(1 << 20).order(order);
        out.putInt(magic)
                .putShort((short) 2)
                .putShort((short) 4)
                .putInt(0)
                .putInt(0)
                .putInt(snap)
                .putInt(1);
        for (int i = 0; i < frames.size(); i++) {
            byte[] frame = frames.get(i);
            int kept = Math.min(snap, frame.length);
            out.putInt((int) (times.get(i) / 1_000_000_000L));
            out.putInt((int) (times.get(i) % 1_000_000_000L / unit));
            out.putInt(kept).putInt(frame.length).put(frame, 0, kept);
        }
        return Arrays.copyOf(out.array(), out.position());
    }
}
