package org.ekicho.host.net;

import static org.ekicho.wire.BigEndian.u8;

import java.util.Optional;
import org.ekicho.wire.BigEndian;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.IpAddress;

/// A router or switch asking who is in which group (IGMP membership query, RFC 3376 §4.1). Where a switch snoops and
/// nobody asks, groups are forgotten after some four minutes.
///
/// @param interfaceIndex by which interface it came
/// @param querier        who asks; `0.0.0.0` is a switch without an address that asks on behalf of a router
/// @param version        1..3
/// @param group          about which group; `0.0.0.0`: about all
public record IgmpQuery(int interfaceIndex, IpAddress querier, int version, IpAddress group) {
    private static final int PROTOCOL = 2;
    private static final int QUERY = 0x11;
    private static final int SHORTEST = 8;
    private static final int SHORTEST_V3 = 12;

    /// Reads a whole IPv4 packet as a raw socket hands it out; empty when it is no query.
    static Optional<IgmpQuery> decode(Datagram packet) {
        byte[] bytes = packet.bytes;
        int header = packet.length < 20 ? 0 : (u8(bytes, 0) & 0xf) * 4;
        int length = packet.length - header;
        if (header < 20 || u8(bytes, 9) != PROTOCOL || length < SHORTEST || u8(bytes, header) != QUERY) {
            return Optional.empty();
        }
        // RFC 3376 §7.1: told by the length and the maximum response code.
        int version = length >= SHORTEST_V3 ? 3 : u8(bytes, header + 1) == 0 ? 1 : 2;
        return Optional.of(new IgmpQuery(
                packet.interfaceIndex, packet.peer(), version, IpAddress.ofV4(BigEndian.i32(bytes, header + 4))));
    }
}
