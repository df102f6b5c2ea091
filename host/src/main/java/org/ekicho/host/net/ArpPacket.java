package org.ekicho.host.net;

import java.util.Optional;
import org.ekicho.wire.BigEndian;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;

/// A question or answer of ARP for IPv4 over Ethernet (RFC 826).
///
/// ```
/// frame  0 to  6 from  12 type 0x0806
/// 14 hardware 1  16 protocol 0x0800  18 lengths 6, 4  20 operation  22 sender mac  28 sender ip  32
/// target mac  38 ip
/// ```
///
/// @param request whether it asks
/// @param mac     of the sender
/// @param sender  address that the sender says is its own; `0.0.0.0` when it only probes (RFC 5227)
/// @param target  address that it asks for, or answers to
public record ArpPacket(boolean request, MacAddress mac, IpAddress sender, IpAddress target) {
    /// Bytes of a frame, without padding.
    static final int FRAME = 42;

    static final int ETHER_TYPE = 0x0806;
    private static final int BODY = 14;
    private static final long EVERYONE = 0xffff_ffff_ffffL;

    /// Whether `address` is in use by the sender, or about to be: it claims it, or probes for it at this
    /// moment.
    public boolean claims(IpAddress address) {
        return sender.equals(address) || (request && sender.isAny() && target.equals(address));
    }

    /// Reads a frame; empty when it is something else.
    static Optional<ArpPacket> decode(byte[] frame, int length) {
        boolean whole = length >= FRAME
                && BigEndian.u16(frame, 12) == ETHER_TYPE
                && BigEndian.i32(frame, BODY) == 0x00010800
                && BigEndian.u16(frame, 18) == 0x0604;
        int operation = whole ? BigEndian.u16(frame, 20) : 0;
        return operation == 1 || operation == 2
                ? Optional.of(new ArpPacket(
                        operation == 1,
                        MacAddress.at(frame, 22),
                        IpAddress.ofV4(BigEndian.i32(frame, 28)),
                        IpAddress.ofV4(BigEndian.i32(frame, 38))))
                : Optional.empty();
    }

    /// The question who has `target`, to everyone, that fills nobody's table (RFC 5227 §2.1.1: sender
    /// address zero).
    static byte[] probe(MacAddress own, IpAddress target) {
        byte[] frame = new byte[FRAME];
        BigEndian.put16(frame, 0, (int) (EVERYONE >>> 32));
        BigEndian.put32(frame, 2, (int) EVERYONE);
        System.arraycopy(own.toBytes(), 0, frame, 6, MacAddress.LENGTH);
        BigEndian.put16(frame, 12, ETHER_TYPE);
        BigEndian.put32(frame, BODY, 0x00010800);
        BigEndian.put16(frame, 18, 0x0604);
        BigEndian.put16(frame, 20, 1);
        System.arraycopy(own.toBytes(), 0, frame, 22, MacAddress.LENGTH);
        BigEndian.put32(frame, 38, target.v4Bits());
        return frame;
    }
}
