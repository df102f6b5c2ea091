package org.ekicho.host.net;

import static org.ekicho.host.linux.Sockets.*;
import static org.ekicho.host.net.MessageVector.CONTROL_HEADER;
import static org.ekicho.host.net.SocketAddresses.*;

import java.lang.foreign.MemorySegment;
import org.ekicho.wire.Datagram;

/// Control data of a message that is sent: from which address and by which interface it leaves, its hop limit,
/// into what it is cut. Each method writes one `struct cmsghdr` and returns its length.
final class ControlData {
    /// `lo` has this index in every network namespace (`LOOPBACK_IFINDEX` of the kernel).
    private static final int LOOPBACK_INDEX = 1;

    private static final int PACKET_INFO_V4 = 12;
    private static final int PACKET_INFO_V6 = 20;

    private ControlData() {}

    /// The scope of the address that a datagram goes to.
    static int scope(Datagram datagram) {
        return isLinkLocalV6(datagram.peerHigh) ? datagram.interfaceIndex : 0;
    }

    /// Returns the length without the padding behind it: up to 36 bytes the kernel takes control data without
    /// reserving memory for it (`____sys_sendmsg` in net/socket.c), which is just IPv6 packet info.
    static long putPacketInfo(MemorySegment controls, long at, Datagram datagram) {
        return datagram.isPeerV4() ? putPacketInfoV4(controls, at, datagram) : putPacketInfoV6(controls, at, datagram);
    }

    /// Has the kernel cut the message into datagrams of `size` bytes of payload, of which the last may be
    /// shorter.
    static long putSegmentSize(MemorySegment controls, long at, int size) {
        long data = putHeader(controls, at, IPPROTO_UDP, UDP_SEGMENT, 2);
        controls.set(SHORT, data, (short) size);
        return CONTROL_HEADER + 2;
    }

    private static long putPacketInfoV4(MemorySegment controls, long at, Datagram datagram) {
        int index = leavingIndex(datagram, (datagram.peerLow >>> 28 & 0xf) == 0xe);
        int source = isV4(datagram.localHigh, datagram.localLow) && (datagram.localLow >>> 28 & 0xf) != 0xe
                ? (int) datagram.localLow
                : 0;
        if (index == 0 && source == 0) {
            return 0;
        }
        long data = putHeader(controls, at, IPPROTO_IP, IP_PKTINFO, PACKET_INFO_V4);
        controls.set(INT, data, index);
        controls.set(NET_INT, data + 4, source);
        controls.set(INT, data + 8, 0);
        return CONTROL_HEADER + PACKET_INFO_V4;
    }

    private static long putPacketInfoV6(MemorySegment controls, long at, Datagram datagram) {
        int index = leavingIndex(datagram, datagram.peerHigh >>> 56 == 0xff);
        boolean group = datagram.localHigh >>> 56 == 0xff;
        long high = group ? 0 : datagram.localHigh;
        long low = group ? 0 : datagram.localLow;
        if (index == 0 && high == 0 && low == 0) {
            return 0;
        }
        long data = putHeader(controls, at, IPPROTO_IPV6, IPV6_PKTINFO, PACKET_INFO_V6);
        controls.set(NET_LONG, data, high);
        controls.set(NET_LONG, data + 8, low);
        controls.set(INT, data + 16, index);
        return CONTROL_HEADER + PACKET_INFO_V6;
    }

    /// The interface that the kernel is told. A peer heard on `lo` is this host itself under one of its
    /// addresses; told to leave by `lo`, the kernel finds no local route to an address of another interface and
    /// loses the answer.
    private static int leavingIndex(Datagram datagram, boolean toGroup) {
        return datagram.interfaceIndex == LOOPBACK_INDEX && !toGroup ? 0 : datagram.interfaceIndex;
    }

    static long putInt(MemorySegment controls, long at, int level, int type, int value) {
        long data = putHeader(controls, at, level, type, 4);
        controls.set(INT, data, value);
        return CONTROL_HEADER + 4;
    }

    private static long putHeader(MemorySegment controls, long at, int level, int type, int size) {
        controls.set(LONG, at, (long) CONTROL_HEADER + size);
        controls.set(INT, at + 8, level);
        controls.set(INT, at + 12, type);
        return at + CONTROL_HEADER;
    }

    /// `fe80::/10`, and the groups of interface and link scope (`ff01::/16`, `ff02::/16`).
    private static boolean isLinkLocalV6(long high) {
        return high >>> 54 == 0xfe80L >>> 6 || high >>> 48 == 0xff02L || high >>> 48 == 0xff01L;
    }
}
