package org.ekicho.ntp.control;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.ekicho.ntp.packet.NtpMode;
import org.ekicho.wire.BigEndian;

/// Control messages to and from bytes.
public final class ControlCodec {
    /// Bytes before the data.
    public static final int HEADER = 12;
    /// Data in one fragment at most: what ntpq and ntpstat have buffers for.
    public static final int MAX_DATA = 468;

    private static final int RESPONSE = 0x80;
    private static final int ERROR = 0x40;
    private static final int MORE = 0x20;
    private static final int OPCODE = 0x1f;

    private ControlCodec() {}

    /// Reads the first `length` bytes. Empty when they are no whole mode 6 message: too short, another mode, or fewer
    /// data than `Count` says. Leap bits, padding, and whatever follows (a MAC, or the zero bytes
    /// that ntpstat sends) are passed over.
    public static Optional<ControlPacket> decode(byte[] bytes, int length) {
        if (length < HEADER || (bytes[0] & 7) != NtpMode.CONTROL.code()) {
            return Optional.empty();
        }
        int count = BigEndian.u16(bytes, 10);
        if (count > length - HEADER) {
            return Optional.empty();
        }
        int flags = BigEndian.u8(bytes, 1);
        return Optional.of(new ControlPacket(
                bytes[0] >> 3 & 7,
                (flags & RESPONSE) != 0,
                (flags & ERROR) != 0,
                (flags & MORE) != 0,
                flags & OPCODE,
                BigEndian.u16(bytes, 2),
                BigEndian.u16(bytes, 4),
                BigEndian.u16(bytes, 6),
                BigEndian.u16(bytes, 8),
                new String(bytes, HEADER, count, StandardCharsets.ISO_8859_1)));
    }

    /// The message in bytes, padded with zeros to a multiple of four.
    public static byte[] encode(ControlPacket packet) {
        byte[] data = packet.data().getBytes(StandardCharsets.ISO_8859_1);
        byte[] bytes = new byte[HEADER + (data.length + 3 & ~3)];
        bytes[0] = (byte) (packet.version() << 3 | NtpMode.CONTROL.code());
        bytes[1] = (byte) ((packet.response() ? RESPONSE : 0)
                | (packet.error() ? ERROR : 0)
                | (packet.more() ? MORE : 0)
                | packet.opcode());
        BigEndian.put16(bytes, 2, packet.sequence());
        BigEndian.put16(bytes, 4, packet.status());
        BigEndian.put16(bytes, 6, packet.associationId());
        BigEndian.put16(bytes, 8, packet.offset());
        BigEndian.put16(bytes, 10, data.length);
        System.arraycopy(data, 0, bytes, HEADER, data.length);
        return bytes;
    }
}
