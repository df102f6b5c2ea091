package org.ekicho.netboot.dhcp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;
import org.ekicho.wire.BigEndian;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;

/// DHCP packets on the wire (RFC 2131 §2).
///
/// ```
///   0 op  1 htype  2 hlen  3 hops   4 xid   8 secs  10 flags
///  12 ciaddr  16 yiaddr  20 siaddr  24 giaddr  28 chaddr (16)
///  44 sname (64)  108 file (128)  236 cookie 63 82 53 63  240 options
/// ```
///
/// Reading takes what firmware sends: options that are cut short end the list, names need no NUL, option
/// 52 may point to fields that hold nothing.
public final class DhcpCodec {
    /// What every client can take: 576 bytes of IP, less its header and UDP's (RFC 2131 §2).
    public static final int SMALLEST_LIMIT = 548;
    /// What fits an Ethernet frame; longer offers are dropped by firmware too.
    public static final int LARGEST_LIMIT = 1472;

    private static final int XID = 4;
    private static final int SECS = 8;
    private static final int FLAGS = 10;
    private static final int CIADDR = 12;
    private static final int YIADDR = 16;
    private static final int SIADDR = 20;
    private static final int GIADDR = 24;
    private static final int CHADDR = 28;
    private static final int SNAME = 44;
    private static final int FILE = 108;
    private static final int COOKIE = 236;
    private static final int OPTIONS = 240;
    private static final int MAGIC = 0x63825363;
    private static final int BROADCAST = 0x8000;
    private static final int ETHERNET = 1;
    /// Shorter ones are dropped by old relays and clients (RFC 1542 §2.1).
    private static final int SHORTEST = 300;
    private static final int IN_FILE = 1;
    private static final int IN_SNAME = 2;
    private static final int IP_AND_UDP = 28;

    private DhcpCodec() {}

    /// Reads the first `length` bytes.
    public static DhcpReading decode(byte[] bytes, int length) {
        if (length < OPTIONS) {
            return new DhcpReading.Malformed(length < COOKIE ? DhcpReason.TOO_SHORT : DhcpReason.NO_COOKIE);
        }
        if (BigEndian.i32(bytes, COOKIE) != MAGIC) return new DhcpReading.Malformed(DhcpReason.NO_COOKIE);
        if (bytes[1] != ETHERNET || bytes[2] != MacAddress.LENGTH) {
            return new DhcpReading.Malformed(DhcpReason.NOT_ETHERNET);
        }
        DhcpOptions.Builder read = DhcpOptions.builder();
        DhcpOptions.decodeInto(read, bytes, OPTIONS, length);
        int overload = read.build().u8(OptionCode.OVERLOAD).orElse(0);
        if ((overload & IN_FILE) != 0) DhcpOptions.decodeInto(read, bytes, FILE, COOKIE);
        if ((overload & IN_SNAME) != 0) DhcpOptions.decodeInto(read, bytes, SNAME, FILE);
        return new DhcpReading.Whole(new DhcpPacket(
                bytes[0] == 2,
                BigEndian.u8(bytes, 3),
                BigEndian.i32(bytes, XID),
                BigEndian.u16(bytes, SECS),
                (BigEndian.u16(bytes, FLAGS) & BROADCAST) != 0,
                address(bytes, CIADDR),
                address(bytes, YIADDR),
                address(bytes, SIADDR),
                address(bytes, GIADDR),
                MacAddress.at(bytes, CHADDR),
                (overload & IN_SNAME) != 0 ? "" : name(bytes, SNAME, DhcpPacket.MAX_SNAME),
                (overload & IN_FILE) != 0 ? "" : name(bytes, FILE, DhcpPacket.MAX_FILE),
                read.build().without(OptionCode.OVERLOAD)));
    }

    /// The most bytes that an answer to `request` may have: what it says (option 57), within the limits
    /// above.
    public static int limit(DhcpPacket request) {
        OptionalInt said = request.options().u16(OptionCode.MAX_SIZE);
        return Math.clamp(said.orElse(0) - IP_AND_UDP, SMALLEST_LIMIT, LARGEST_LIMIT);
    }

    /// Writes a packet of at most `limit` bytes. Options that find no room go to `file` and `sname` when
    /// these are empty; those that find none there either are left out, the last ones first. Option 82
    /// always has its room, last.
    ///
    /// @param limit [#SMALLEST_LIMIT]..[#LARGEST_LIMIT]
    public static byte[] encode(DhcpPacket packet, int limit) {
        byte[] bytes = new byte[limit];
        bytes[0] = (byte) (packet.fromServer() ? 2 : 1);
        bytes[1] = ETHERNET;
        bytes[2] = MacAddress.LENGTH;
        bytes[3] = (byte) packet.hops();
        BigEndian.put32(bytes, XID, packet.xid());
        BigEndian.put16(bytes, SECS, packet.secs());
        BigEndian.put16(bytes, FLAGS, packet.broadcast() ? BROADCAST : 0);
        BigEndian.put32(bytes, CIADDR, packet.ciaddr().v4Bits());
        BigEndian.put32(bytes, YIADDR, packet.yiaddr().v4Bits());
        BigEndian.put32(bytes, SIADDR, packet.siaddr().v4Bits());
        BigEndian.put32(bytes, GIADDR, packet.giaddr().v4Bits());
        System.arraycopy(packet.mac().toBytes(), 0, bytes, CHADDR, MacAddress.LENGTH);
        put(bytes, SNAME, packet.sname());
        put(bytes, FILE, packet.file());
        BigEndian.put32(bytes, COOKIE, MAGIC);
        return Arrays.copyOf(bytes, Math.max(putOptions(packet, bytes, limit), SHORTEST));
    }

    private static int putOptions(DhcpPacket packet, byte[] bytes, int limit) {
        DhcpOptions options = packet.options();
        boolean free = packet.file().isEmpty() || packet.sname().isEmpty();
        int last = last(options);
        boolean overloads = free && size(options) + 1 > limit - OPTIONS;
        // Room for the overload option, for option 82 and for the end mark.
        OptionRow main = new OptionRow(bytes, OPTIONS, limit - 1 - last - (overloads ? 3 : 0));
        OptionRow file = new OptionRow(bytes, FILE, overloads && packet.file().isEmpty() ? COOKIE - 1 : FILE);
        OptionRow sname =
                new OptionRow(bytes, SNAME, overloads && packet.sname().isEmpty() ? FILE - 1 : SNAME);
        for (int i = 0; i < options.count(); i++) {
            int code = options.codeAt(i);
            if (code == OptionCode.RELAY_AGENT) continue;
            byte[] value = options.valueAt(i);
            if (!main.put(code, value) && !file.put(code, value)) sname.put(code, value);
        }
        main.widen(limit - 1);
        int used = (file.isUsed() ? IN_FILE : 0) | (sname.isUsed() ? IN_SNAME : 0);
        if (used != 0) main.put(OptionCode.OVERLOAD, new byte[] {(byte) used});
        if (last > 0) main.put(OptionCode.RELAY_AGENT, options.bytes(OptionCode.RELAY_AGENT));
        if (file.isUsed()) file.end();
        if (sname.isUsed()) sname.end();
        return main.end();
    }

    /// Bytes that option 82 takes.
    private static int last(DhcpOptions options) {
        return options.has(OptionCode.RELAY_AGENT) ? OptionRow.size(options.bytes(OptionCode.RELAY_AGENT).length) : 0;
    }

    private static int size(DhcpOptions options) {
        int size = 0;
        for (int i = 0; i < options.count(); i++) {
            size += OptionRow.size(options.valueAt(i).length);
        }
        return size;
    }

    private static IpAddress address(byte[] bytes, int offset) {
        return IpAddress.ofV4(BigEndian.i32(bytes, offset));
    }

    /// A name up to its NUL; one that fills the field has lost its last byte, as it would in any client.
    private static String name(byte[] bytes, int offset, int most) {
        return DhcpOptions.printable(Arrays.copyOfRange(bytes, offset, offset + most));
    }

    private static void put(byte[] bytes, int offset, String name) {
        byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(ascii, 0, bytes, offset, ascii.length);
    }
}
