package org.ekicho.netboot.trace.tap;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.ekicho.netboot.client.BootStage;
import org.ekicho.netboot.client.ClientArch;
import org.ekicho.netboot.trace.DhcpGift;
import org.ekicho.netboot.trace.DhcpKind;
import org.ekicho.wire.BigEndian;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;

/// The fields of a DHCPv4 message that a trace needs (RFC 2131 §2, RFC 2132, RFC 4578), read from a capture that may
/// have cut it.
///
/// @param request true when a client sent it
record TapDhcp(
        boolean request,
        DhcpKind kind,
        int xid,
        int secs,
        MacAddress mac,
        Optional<IpAddress> clientAddress,
        Optional<UUID> uuid,
        BootStage stage,
        Optional<ClientArch> arch,
        String vendorClass,
        DhcpGift gift) {
    private static final int OPTIONS = 240;
    private static final int FILE = 108;
    private static final int FILE_LENGTH = 128;
    private static final int COOKIE = 0x63825363;

    /// Reads the message at `from`..`end`; empty when it is none.
    static Optional<TapDhcp> read(byte[] bytes, int from, int end) {
        if (end - from < OPTIONS || BigEndian.i32(bytes, from + 236) != COOKIE) return Optional.empty();
        int operation = BigEndian.u8(bytes, from);
        if ((operation != 1 && operation != 2) || BigEndian.u8(bytes, from + 2) != MacAddress.LENGTH) {
            return Optional.empty();
        }
        boolean request = operation == 1;
        Map<Integer, byte[]> options = options(bytes, from + OPTIONS, end);
        String vendorClass = text(options.getOrDefault(60, new byte[0]));
        DhcpKind kind = options.containsKey(53) && options.get(53).length == 1
                ? DhcpKind.of(options.get(53)[0])
                : DhcpKind.OTHER;
        return Optional.of(new TapDhcp(
                request,
                kind,
                BigEndian.i32(bytes, from + 4),
                BigEndian.u16(bytes, from + 8),
                MacAddress.at(bytes, from + 28),
                address(bytes, from + 12),
                uuid(options),
                stage(vendorClass, options),
                arch(options),
                request ? vendorClass : "",
                gift(bytes, from, options, request)));
    }

    private static Map<Integer, byte[]> options(byte[] bytes, int from, int end) {
        Map<Integer, byte[]> options = new HashMap<>();
        int at = from;
        while (at < end) {
            int code = BigEndian.u8(bytes, at++);
            if (code == 255) break;
            if (code == 0) continue;
            if (at >= end) break;
            int length = BigEndian.u8(bytes, at++);
            if (at + length > end) break;
            options.merge(code, Arrays.copyOfRange(bytes, at, at + length), TapDhcp::joined);
            at += length;
        }
        return options;
    }

    /// An option in several parts is one (RFC 3396).
    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static DhcpGift gift(byte[] bytes, int from, Map<Integer, byte[]> options, boolean request) {
        Optional<IpAddress> given = request ? address(options, 50) : address(bytes, from + 16);
        String field = text(Arrays.copyOfRange(bytes, from + FILE, from + FILE + FILE_LENGTH));
        String file = options.containsKey(67) ? text(options.get(67)) : field;
        return new DhcpGift(
                address(options, 54),
                given,
                address(bytes, from + 20),
                request ? "" : file,
                !request && options.containsKey(60));
    }

    private static BootStage stage(String vendorClass, Map<Integer, byte[]> options) {
        boolean ipxe = options.containsKey(175)
                || (options.containsKey(77) && text(options.get(77)).contains("iPXE"));
        if (ipxe) return BootStage.IPXE;
        if (vendorClass.startsWith("PXEClient")) return BootStage.PXE_ROM;
        if (vendorClass.startsWith("HTTPClient")) return BootStage.HTTP_ROM;
        String lower = vendorClass.toLowerCase(Locale.ROOT);
        boolean installer = lower.startsWith("anaconda")
                || lower.equals("d-i")
                || lower.startsWith("udhcp")
                || lower.startsWith("dracut");
        return installer ? BootStage.INSTALLER : BootStage.SYSTEM;
    }

    private static Optional<ClientArch> arch(Map<Integer, byte[]> options) {
        byte[] codes = options.getOrDefault(93, new byte[0]);
        return codes.length >= 2 ? Optional.of(new ClientArch(BigEndian.u16(codes, 0))) : Optional.empty();
    }

    private static Optional<UUID> uuid(Map<Integer, byte[]> options) {
        byte[] raw = options.getOrDefault(97, new byte[0]);
        if (raw.length != 17 || raw[0] != 0) return Optional.empty();
        long high = BigEndian.i64(raw, 1);
        long low = BigEndian.i64(raw, 9);
        boolean nothing = (high == 0 && low == 0) || (high == -1 && low == -1);
        return nothing ? Optional.empty() : Optional.of(new UUID(high, low));
    }

    private static Optional<IpAddress> address(Map<Integer, byte[]> options, int code) {
        byte[] raw = options.getOrDefault(code, new byte[0]);
        return raw.length >= 4 ? address(raw, 0) : Optional.empty();
    }

    private static Optional<IpAddress> address(byte[] bytes, int at) {
        IpAddress address = IpAddress.ofV4(BigEndian.i32(bytes, at));
        return address.isAny() ? Optional.empty() : Optional.of(address);
    }

    /// Text up to its first NUL.
    private static String text(byte[] raw) {
        String all = new String(raw, StandardCharsets.ISO_8859_1);
        int end = all.indexOf(0);
        return end < 0 ? all : all.substring(0, end);
    }
}
