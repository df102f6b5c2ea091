package org.ekicho.host.net;

import java.util.Optional;
import org.ekicho.wire.BigEndian;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;

/// A machine asks which IPv6 routers there are (RFC 4861 §4.1); and the answer that there is none here.
///
/// ```
/// frame  0 to  6 from  12 type 0x86dd
/// 14 version 6  18 length  20 next header 58  21 hop limit 255  22 source  38 destination
/// 54 type  55 code  56 checksum  58 …
/// ```
///
/// @param mac  of the machine
/// @param from its address, link-local; `::` while it has none
public record RouterSolicitation(MacAddress mac, IpAddress from) {
    static final int ETHER_TYPE = 0x86dd;
    static final int SOLICITATION = 133;
    static final int NEXT_HEADER_AT = 20;
    static final int TYPE_AT = 54;
    static final int ICMP = 58;

    private static final int ADVERTISEMENT = 134;
    private static final int SHORTEST = 62;
    /// Type, code, checksum, hop limit, flags, lifetime, two timers; then our hardware address as option 1.
    private static final int ADVERTISED = 24;

    private static final int HOPS = 255;

    /// Reads a frame; empty when it is something else.
    static Optional<RouterSolicitation> decode(byte[] frame, int length) {
        boolean whole = length >= SHORTEST
                && BigEndian.u16(frame, 12) == ETHER_TYPE
                && (frame[14] & 0xf0) == 0x60
                && frame[NEXT_HEADER_AT] == ICMP
                && BigEndian.u8(frame, 21) == HOPS
                && BigEndian.u8(frame, TYPE_AT) == SOLICITATION;
        if (!whole) return Optional.empty();
        IpAddress from = new IpAddress(BigEndian.i64(frame, 22), BigEndian.i64(frame, 30));
        // Machines that look for a router have no other address yet.
        return from.equals(IpAddress.ANY_V6) || (!from.isV4() && from.isLinkLocal())
                ? Optional.of(new RouterSolicitation(MacAddress.at(frame, 6), from))
                : Optional.empty();
    }

    /// Our answer to it alone (RFC 4861 §4.2): a router of lifetime 0, which is none, without prefixes and without
    /// DHCPv6. Nobody else hears it.
    ///
    /// @param own our hardware address, which our link-local address is made of (RFC 4291 appendix A)
    byte[] none(MacAddress own) {
        byte[] frame = new byte[TYPE_AT + ADVERTISED];
        System.arraycopy(mac.toBytes(), 0, frame, 0, MacAddress.LENGTH);
        System.arraycopy(own.toBytes(), 0, frame, 6, MacAddress.LENGTH);
        BigEndian.put16(frame, 12, ETHER_TYPE);
        frame[14] = 0x60;
        BigEndian.put16(frame, 18, ADVERTISED);
        frame[NEXT_HEADER_AT] = ICMP;
        frame[21] = (byte) HOPS;
        System.arraycopy(linkLocal(own), 0, frame, 22, 16);
        // Who has no address yet hears what goes to all nodes, here by its own hardware address.
        IpAddress to = from.isAny() ? IpAddress.literal("ff02::1") : from;
        System.arraycopy(to.toBytes(), 0, frame, 38, 16);
        frame[TYPE_AT] = (byte) ADVERTISEMENT;
        frame[TYPE_AT + 16] = 1;
        frame[TYPE_AT + 17] = 1;
        System.arraycopy(own.toBytes(), 0, frame, TYPE_AT + 18, MacAddress.LENGTH);
        BigEndian.put16(frame, TYPE_AT + 2, checksum(frame));
        return frame;
    }

    private static byte[] linkLocal(MacAddress own) {
        byte[] mac = own.toBytes();
        byte[] address = new byte[16];
        address[0] = (byte) 0xfe;
        address[1] = (byte) 0x80;
        address[8] = (byte) (mac[0] ^ 2);
        address[9] = mac[1];
        address[10] = mac[2];
        address[11] = (byte) 0xff;
        address[12] = (byte) 0xfe;
        System.arraycopy(mac, 3, address, 13, 3);
        return address;
    }

    /// Over addresses, length, next header and message (RFC 8200 §8.1).
    private static int checksum(byte[] frame) {
        long sum = ADVERTISED + ICMP;
        for (int at = 22; at < frame.length; at += 2) sum += BigEndian.u16(frame, at);
        while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
        return (int) ~sum & 0xffff;
    }
}
