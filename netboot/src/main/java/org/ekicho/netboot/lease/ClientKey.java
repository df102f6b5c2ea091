package org.ekicho.netboot.lease;

import java.util.HexFormat;
import java.util.Optional;
import org.ekicho.netboot.dhcp.DhcpPacket;
import org.ekicho.netboot.dhcp.OptionCode;
import org.ekicho.wire.MacAddress;

/// Whom a lease belongs to (RFC 2131 §4.2): what the client calls itself, or its hardware address.
///
/// @param text `id:` and option 61 in hexadecimal, or `mac:` and the address
public record ClientKey(String text) implements Comparable<ClientKey> {
    /// Nobody of ours: an address that somebody uses without a lease.
    static final ClientKey STRANGER = new ClientKey("stranger");

    /// By what machines are told apart.
    public enum Identity {
        /// Option 61 where it is given, as RFC 2131 demands. Firmware, iPXE and the installed system of
        /// one machine often give different ones, and then get different addresses.
        CLIENT_ID,
        /// The hardware address alone: one machine keeps one address from firmware to installed system.
        MAC
    }

    static ClientKey of(DhcpPacket packet, Identity identity) {
        byte[] id = packet.options().bytes(OptionCode.CLIENT_ID);
        return identity == Identity.MAC || id.length < 2
                ? of(packet.mac())
                : new ClientKey("id:" + HexFormat.of().formatHex(id));
    }

    static ClientKey of(MacAddress mac) {
        return new ClientKey("mac:" + mac);
    }

    /// Reads what `text` says; empty for anything else.
    static Optional<ClientKey> parse(String text) {
        boolean known = text.equals(STRANGER.text) || text.matches("id:([0-9a-f]{2}){1,2048}|mac:[0-9a-f:]{17}");
        return known ? Optional.of(new ClientKey(text)) : Optional.empty();
    }

    @Override
    public int compareTo(ClientKey other) {
        return text.compareTo(other.text);
    }
}
