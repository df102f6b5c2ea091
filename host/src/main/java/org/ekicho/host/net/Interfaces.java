package org.ekicho.host.net;

import static org.ekicho.host.linux.Sockets.AF_INET;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.ekicho.host.net.NetInterface.Address;
import org.ekicho.host.net.NetInterface.Trait;
import org.ekicho.host.net.NetInterface.Vlan;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;

/// The interfaces of this host (of this network namespace), asked by netlink.
public final class Interfaces {
    private static final int LINK_FIXED = 16;
    private static final int IFLA_ADDRESS = 1;
    private static final int IFLA_IFNAME = 3;
    private static final int IFLA_MTU = 4;
    private static final int IFLA_LINK = 5;
    private static final int IFLA_MASTER = 10;
    private static final int IFLA_LINKINFO = 18;
    private static final int IFLA_INFO_KIND = 1;
    private static final int IFLA_INFO_DATA = 2;
    private static final int IFLA_VLAN_ID = 1;

    private static final int ADDRESS_FIXED = 8;
    private static final int IFA_ADDRESS = 1;
    private static final int IFA_LOCAL = 2;
    private static final int IFA_BROADCAST = 4;
    /// IFA_F_DADFAILED and IFA_F_TENTATIVE: not to be sent from.
    private static final int NOT_USABLE = 0x08 | 0x40;

    private Interfaces() {}

    /// All interfaces, lowest index first.
    public static List<NetInterface> list() throws IOException {
        try (NetlinkSocket kernel = NetlinkSocket.open(0)) {
            List<NetlinkMessage> links =
                    kernel.ask(NetlinkMessage.RTM_GETLINK, NetlinkMessage.NLM_F_DUMP, new byte[LINK_FIXED]);
            List<NetlinkMessage> addresses =
                    kernel.ask(NetlinkMessage.RTM_GETADDR, NetlinkMessage.NLM_F_DUMP, new byte[ADDRESS_FIXED]);
            return decode(links, addresses);
        }
    }

    static List<NetInterface> decode(List<NetlinkMessage> links, List<NetlinkMessage> addresses) {
        Map<Integer, List<Address>> byIndex = new HashMap<>();
        for (NetlinkMessage message : addresses) {
            if (message.type() == NetlinkMessage.RTM_NEWADDR && message.length() >= ADDRESS_FIXED) {
                address(message)
                        .ifPresent(address -> byIndex.computeIfAbsent(message.i32(4), index -> new ArrayList<>())
                                .add(address));
            }
        }
        return links.stream()
                .filter(message -> message.type() == NetlinkMessage.RTM_NEWLINK && message.length() >= LINK_FIXED)
                .map(message -> link(message, byIndex.getOrDefault(message.i32(4), List.of())))
                .sorted(Comparator.comparingInt(NetInterface::index))
                .toList();
    }

    private static NetInterface link(NetlinkMessage message, List<Address> addresses) {
        Map<Integer, byte[]> attributes = message.attributes(LINK_FIXED);
        Map<Integer, byte[]> info = NetlinkMessage.attributes(attributes.getOrDefault(IFLA_LINKINFO, new byte[0]), 0);
        int master = integer(attributes, IFLA_MASTER);
        return new NetInterface(
                message.i32(4),
                text(attributes, IFLA_IFNAME),
                traits(message.i32(8)),
                integer(attributes, IFLA_MTU),
                mac(attributes.getOrDefault(IFLA_ADDRESS, new byte[0])),
                addresses,
                vlan(info, integer(attributes, IFLA_LINK)),
                master == 0 ? OptionalInt.empty() : OptionalInt.of(master),
                text(info, IFLA_INFO_KIND));
    }

    private static Set<Trait> traits(int flags) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        for (Trait trait : Trait.values()) {
            if ((flags & trait.bit) != 0) {
                traits.add(trait);
            }
        }
        return traits;
    }

    private static Optional<Vlan> vlan(Map<Integer, byte[]> info, int parent) {
        if (!text(info, IFLA_INFO_KIND).equals("vlan")) {
            return Optional.empty();
        }
        Map<Integer, byte[]> data = NetlinkMessage.attributes(info.getOrDefault(IFLA_INFO_DATA, new byte[0]), 0);
        byte[] id = data.getOrDefault(IFLA_VLAN_ID, new byte[0]);
        return id.length < 2
                ? Optional.empty()
                : Optional.of(new Vlan((short) NetlinkMessage.Bytes.SHORT.get(id, 0) & 0xfff, parent));
    }

    private static Optional<String> mac(byte[] bytes) {
        boolean any = false;
        for (byte b : bytes) {
            any |= b != 0;
        }
        return any ? Optional.of(HexFormat.ofDelimiter(":").formatHex(bytes)) : Optional.empty();
    }

    private static Optional<Address> address(NetlinkMessage message) {
        Map<Integer, byte[]> attributes = message.attributes(ADDRESS_FIXED);
        // On a point-to-point link IFA_ADDRESS is the other end, and IFA_LOCAL ours.
        byte[] own = attributes.getOrDefault(IFA_LOCAL, attributes.getOrDefault(IFA_ADDRESS, new byte[0]));
        int size = message.u8(0) == AF_INET ? 4 : 16;
        int length = message.u8(1);
        if (own.length != size || length > size * 8 || (message.u8(2) & NOT_USABLE) != 0) {
            return Optional.empty();
        }
        byte[] broadcast = attributes.getOrDefault(IFA_BROADCAST, new byte[0]);
        IpAddress address = IpAddress.ofBytes(own);
        return Optional.of(new Address(
                address,
                // A mapped IPv4 address in an IPv6 message is an oddity whose net is the address itself.
                length <= IpPrefix.bits(address) ? IpPrefix.of(address, length) : IpPrefix.host(address),
                broadcast.length == 4 ? Optional.of(IpAddress.ofBytes(broadcast)) : Optional.empty()));
    }

    private static int integer(Map<Integer, byte[]> attributes, int type) {
        byte[] value = attributes.getOrDefault(type, new byte[0]);
        return value.length < 4 ? 0 : (int) NetlinkMessage.Bytes.INT.get(value, 0);
    }

    /// A string of the kernel, without the zero that ends it.
    private static String text(Map<Integer, byte[]> attributes, int type) {
        byte[] value = attributes.getOrDefault(type, new byte[0]);
        int end = 0;
        while (end < value.length && value[end] != 0) {
            end++;
        }
        return new String(value, 0, end, StandardCharsets.UTF_8);
    }
}
