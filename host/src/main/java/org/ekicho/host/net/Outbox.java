package org.ekicho.host.net;

import static org.ekicho.host.linux.Sockets.*;
import static org.ekicho.host.net.SocketAddresses.*;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.ekicho.host.linux.Libc;
import org.ekicho.wire.Datagram;

/// The sending half of a socket: datagrams are copied into native memory that is reused, each with its own source
/// address, interface and hop limit as control data, and leave by one `sendmmsg`. Belongs to one thread at a time.
final class Outbox {
    /// `lo` has this index in every network namespace (`LOOPBACK_IFINDEX` of the kernel).
    private static final int LOOPBACK_INDEX = 1;

    private static final int PACKET_INFO_V4 = 12;
    private static final int PACKET_INFO_V6 = 20;

    private final MessageVector vector;

    Outbox(int capacity) {
        vector = new MessageVector(capacity);
    }

    int capacity() {
        return vector.capacity;
    }

    /// One `sendmmsg` of `count` messages from `first` on, never waiting for room: how many left, or the negated error
    /// code when the first did not. When nothing leaves, a second try tells why (or succeeds).
    int call(int fd, int first, int count) {
        MemorySegment from = first == 0 ? vector.headers : vector.headers.asSlice(MessageVector.header(first));
        int sent = Libc.trySendmmsg(fd, from, count, MSG_DONTWAIT);
        return sent >= 0 ? sent : Libc.sendmmsg(vector.state, fd, from, count, MSG_DONTWAIT);
    }

    /// Copies one datagram into place.
    ///
    /// @param hops hop limit 1..255, or 0 for the socket's own
    void put(int message, Datagram datagram, int hops) {
        int scope = isLinkLocalV6(datagram.peerHigh) ? datagram.interfaceIndex : 0;
        long header = MessageVector.header(message);
        int nameLength = write(
                vector.names,
                MessageVector.name(message),
                datagram.peerHigh,
                datagram.peerLow,
                datagram.peerPort,
                scope);
        vector.headers.set(INT, header + MessageVector.HEADER_NAME_LENGTH, nameLength);
        vector.setLength(message, datagram.length);
        MemorySegment.copy(
                datagram.bytes,
                0,
                vector.payloads,
                ValueLayout.JAVA_BYTE,
                MessageVector.payload(message),
                datagram.length);
        boolean v4 = datagram.isPeerV4();
        long start = MessageVector.control(message);
        long length = v4 ? putPacketInfoV4(start, datagram) : putPacketInfoV6(start, datagram);
        if (hops != 0) {
            long at = start + (length + 7 & ~7L);
            length = at
                    - start
                    + (v4 ? putInt(at, IPPROTO_IP, IP_TTL, hops) : putInt(at, IPPROTO_IPV6, IPV6_HOPLIMIT, hops));
        }
        vector.headers.set(LONG, header + MessageVector.HEADER_CONTROL_LENGTH, length);
    }

    /// Returns the length without the padding behind it: up to 36 bytes the kernel takes control data without reserving
    /// memory for it (`____sys_sendmsg` in net/socket.c), which is just IPv6 packet info.
    private long putPacketInfoV4(long at, Datagram datagram) {
        int index = leavingIndex(datagram, (datagram.peerLow >>> 28 & 0xf) == 0xe);
        int source = isV4(datagram.localHigh, datagram.localLow) && (datagram.localLow >>> 28 & 0xf) != 0xe
                ? (int) datagram.localLow
                : 0;
        if (index == 0 && source == 0) {
            return 0;
        }
        long data = putHeader(at, IPPROTO_IP, IP_PKTINFO, PACKET_INFO_V4);
        vector.controls.set(INT, data, index);
        vector.controls.set(NET_INT, data + 4, source);
        vector.controls.set(INT, data + 8, 0);
        return MessageVector.CONTROL_HEADER + PACKET_INFO_V4;
    }

    private long putPacketInfoV6(long at, Datagram datagram) {
        int index = leavingIndex(datagram, datagram.peerHigh >>> 56 == 0xff);
        boolean group = datagram.localHigh >>> 56 == 0xff;
        long high = group ? 0 : datagram.localHigh;
        long low = group ? 0 : datagram.localLow;
        if (index == 0 && high == 0 && low == 0) {
            return 0;
        }
        long data = putHeader(at, IPPROTO_IPV6, IPV6_PKTINFO, PACKET_INFO_V6);
        vector.controls.set(NET_LONG, data, high);
        vector.controls.set(NET_LONG, data + 8, low);
        vector.controls.set(INT, data + 16, index);
        return MessageVector.CONTROL_HEADER + PACKET_INFO_V6;
    }

    /// The interface that the kernel is told. A peer heard on `lo` is this host itself under one of its addresses; told
    /// to leave by `lo`, the kernel finds no local route to an address of another interface and loses the answer.
    private static int leavingIndex(Datagram datagram, boolean toGroup) {
        return datagram.interfaceIndex == LOOPBACK_INDEX && !toGroup ? 0 : datagram.interfaceIndex;
    }

    private long putInt(long at, int level, int type, int value) {
        long data = putHeader(at, level, type, 4);
        vector.controls.set(INT, data, value);
        return MessageVector.CONTROL_HEADER + 4;
    }

    private long putHeader(long at, int level, int type, int size) {
        vector.controls.set(LONG, at, (long) MessageVector.CONTROL_HEADER + size);
        vector.controls.set(INT, at + 8, level);
        vector.controls.set(INT, at + 12, type);
        return at + MessageVector.CONTROL_HEADER;
    }

    /// `fe80::/10`, and the groups of interface and link scope (`ff01::/16`, `ff02::/16`).
    private static boolean isLinkLocalV6(long high) {
        return high >>> 54 == 0xfe80L >>> 6 || high >>> 48 == 0xff02L || high >>> 48 == 0xff01L;
    }
}
