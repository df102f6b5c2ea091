package org.ekicho.netboot.trace.tap;

import java.util.Optional;
import org.ekicho.wire.BigEndian;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;

/// A UDP or TCP packet over IPv4 as it was captured: the first fragment of one that was cut into several.
///
final class IpPacket {
    static final int UDP = 17;
    static final int TCP = 6;
    private static final int UDP_HEADER = 8;

    private final byte[] bytes;
    private final Endpoint from;
    private final Endpoint to;
    private final int protocol;
    private final int transport;
    private final int end;
    private final int length;

    private IpPacket(byte[] bytes, Endpoint from, Endpoint to, int protocol, int transport, int end, int length) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
        this.protocol = protocol;
        this.transport = transport;
        this.end = end;
        this.length = length;
    }

    /// Reads the packet whose IPv4 header begins at `at`; empty for anything else, for later fragments, and for what
    /// was cut before the ports.
    static Optional<IpPacket> read(byte[] frame, int at) {
        if (at + 20 > frame.length || BigEndian.u8(frame, at) >>> 4 != 4) return Optional.empty();
        int header = (BigEndian.u8(frame, at) & 15) * 4;
        int total = BigEndian.u16(frame, at + 2);
        boolean laterFragment = (BigEndian.u16(frame, at + 6) & 0x1fff) != 0;
        int protocol = BigEndian.u8(frame, at + 9);
        int transport = at + header;
        if (header < 20 || laterFragment || transport + UDP_HEADER > frame.length) return Optional.empty();
        if ((protocol != UDP && protocol != TCP) || total < header + UDP_HEADER) return Optional.empty();
        // A UDP header tells the whole length, that of the later fragments included.
        int length = protocol == UDP ? BigEndian.u16(frame, transport + 4) : total - header;
        if (length < UDP_HEADER) return Optional.empty();
        int end = Math.min(frame.length, transport + Math.min(length, total - header));
        return Optional.of(new IpPacket(
                frame,
                endpoint(frame, at + 12, transport),
                endpoint(frame, at + 16, transport + 2),
                protocol,
                transport,
                end,
                length));
    }

    private static Endpoint endpoint(byte[] frame, int addressAt, int portAt) {
        return new Endpoint(IpAddress.ofV4(BigEndian.i32(frame, addressAt)), BigEndian.u16(frame, portAt));
    }

    /// Hardware address of the sender on this segment.
    MacAddress source() {
        return MacAddress.at(bytes, MacAddress.LENGTH);
    }

    Endpoint from() {
        return from;
    }

    Endpoint to() {
        return to;
    }

    /// [#UDP] or [#TCP].
    int protocol() {
        return protocol;
    }

    /// The whole frame; not to be changed.
    byte[] bytes() {
        return bytes;
    }

    /// Offset of the UDP or TCP header in the frame.
    int transport() {
        return transport;
    }

    /// Offset of the end of what was captured of this packet.
    int end() {
        return end;
    }

    /// Bytes of the packet from the transport header on, as on the wire.
    int length() {
        return length;
    }

    /// Offset of a UDP payload.
    int payload() {
        return transport + UDP_HEADER;
    }

    /// Bytes of a UDP payload on the wire.
    int payloadLength() {
        return length - UDP_HEADER;
    }
}
