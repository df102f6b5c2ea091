package org.ekicho.netboot.dhcp;

import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;

/// Where an answer goes (RFC 2131 §4.1). A machine without address is always answered by broadcast:
/// unicast needs an ARP entry that nobody can have yet, and every firmware hears broadcasts.
public final class ReplyTo {
    public static final Endpoint EVERYONE = new Endpoint(IpAddress.literal("255.255.255.255"), DhcpPacket.CLIENT_PORT);

    /// Every server on the wire: where a client's question goes.
    public static final Endpoint ALL_SERVERS =
            new Endpoint(IpAddress.literal("255.255.255.255"), DhcpPacket.SERVER_PORT);

    private ReplyTo() {}

    /// For an offer, an acknowledgement or information.
    public static Endpoint client(DhcpPacket request) {
        if (request.isRelayed()) return relay(request);
        return request.ciaddr().isAny() ? EVERYONE : new Endpoint(request.ciaddr(), DhcpPacket.CLIENT_PORT);
    }

    /// For a refusal, which the client must hear even where its address is wrong.
    public static Endpoint refused(DhcpPacket request) {
        return request.isRelayed() ? relay(request) : EVERYONE;
    }

    private static Endpoint relay(DhcpPacket request) {
        return new Endpoint(request.giaddr(), DhcpPacket.SERVER_PORT);
    }
}
