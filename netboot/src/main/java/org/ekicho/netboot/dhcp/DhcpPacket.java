package org.ekicho.netboot.dhcp;

import java.util.Optional;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;

/// A DHCP packet of an Ethernet machine (RFC 2131 §2). Options that lay in `file` or `sname` (option 52)
/// are among
/// `options`, and these two are then empty.
///
/// @param fromServer op: a reply when true, a request when false
/// @param hops       relays that it went through, 0..255
/// @param xid        chosen by the client, echoed
/// @param secs       since the client began, 0..65535; rises while nobody answers
/// @param broadcast  the client cannot hear unicast before it has an address
/// @param ciaddr     the address that the client has and answers ARP for
/// @param yiaddr     the address that it is given
/// @param siaddr     the server to load from next
/// @param giaddr     the relay's address on the client's subnet; `0.0.0.0` without relay
/// @param mac        chaddr
/// @param sname      name or address of the server to load from, at most 63 bytes of ASCII
/// @param file       boot file, at most 127 bytes of ASCII
/// @param options    without 0, 52 and 255
public record DhcpPacket(
        boolean fromServer,
        int hops,
        int xid,
        int secs,
        boolean broadcast,
        IpAddress ciaddr,
        IpAddress yiaddr,
        IpAddress siaddr,
        IpAddress giaddr,
        MacAddress mac,
        String sname,
        String file,
        DhcpOptions options) {
    /// The longest name in `file`; the 128th byte is a NUL.
    public static final int MAX_FILE = 127;
    /// The longest name in `sname`.
    public static final int MAX_SNAME = 63;

    /// The most of option 82 that is taken: one option's worth.
    private static final int MAX_RELAY = 255;

    /// Where servers and relays listen.
    public static final int SERVER_PORT = 67;
    /// Where clients listen.
    public static final int CLIENT_PORT = 68;
    /// Where boot servers listen (PXE 2.1 §2.2.3).
    public static final int BOOT_SERVER_PORT = 4011;

    public DhcpPacket {
        if (sname.length() > MAX_SNAME || file.length() > MAX_FILE) {
            throw new IllegalArgumentException("no room for sname '" + sname + "' or file '" + file + "'");
        }
    }

    /// Why no server answers this, whatever it asks for; empty when one may. What a relay adds is to come back
    /// to it whole (RFC 3046 §2.2), and 255 bytes of it leave the smallest answer room for a lease.
    public Optional<DhcpReason> flaw() {
        if (mac.isGroup()) return Optional.of(DhcpReason.GROUP_ADDRESS);
        if (options.bytes(OptionCode.RELAY_AGENT).length > MAX_RELAY) return Optional.of(DhcpReason.RELAY_TOO_LONG);
        return type().isEmpty() ? Optional.of(DhcpReason.NO_TYPE) : Optional.empty();
    }

    /// What it is; empty for plain BOOTP and for types that only relays use.
    public Optional<DhcpType> type() {
        return options.u8(OptionCode.MESSAGE_TYPE).stream().boxed().findFirst().flatMap(DhcpType::of);
    }

    /// Whether the client wants this option in the answer (option 55).
    public boolean asksFor(int code) {
        for (byte wanted : options.bytes(OptionCode.PARAMETER_LIST)) {
            if ((wanted & 0xff) == code) return true;
        }
        return false;
    }

    /// The client's subnet where the relay names it apart from giaddr (RFC 3527): an address in it.
    public Optional<IpAddress> relayLink() {
        return DhcpOptions.decode(options.bytes(OptionCode.RELAY_AGENT)).address(OptionCode.RELAY_LINK);
    }

    public boolean isRelayed() {
        return !giaddr.isAny();
    }

    /// A server's answer to this one with the fields that RFC 2131 §4.3.1, table 3, has it echo, and
    /// nothing else.
    public DhcpPacket reply(
            IpAddress ciaddr, IpAddress yiaddr, IpAddress siaddr, String sname, String file, DhcpOptions with) {
        return new DhcpPacket(true, 0, xid, 0, broadcast, ciaddr, yiaddr, siaddr, giaddr, mac, sname, file, with);
    }

    /// The same for all on the client's wire.
    public DhcpPacket toEveryone() {
        return new DhcpPacket(
                fromServer, hops, xid, secs, true, ciaddr, yiaddr, siaddr, giaddr, mac, sname, file, options);
    }
}
