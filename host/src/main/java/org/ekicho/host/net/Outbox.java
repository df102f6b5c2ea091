package org.ekicho.host.net;

import static org.ekicho.host.linux.Sockets.*;
import static org.ekicho.host.net.SocketAddresses.*;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.ekicho.host.linux.Libc;
import org.ekicho.wire.Datagram;

/// The sending half of a socket: datagrams are copied into native memory that is reused, each with its own
/// source address, interface and hop limit as control data, and leave by one `sendmmsg`. Belongs to one thread
/// at a time.
final class Outbox {
    private final MessageVector vector;

    Outbox(int capacity) {
        vector = new MessageVector(capacity);
    }

    int capacity() {
        return vector.capacity;
    }

    /// One `sendmmsg` of `count` messages from `first` on, never waiting for room: how many left, or the
    /// negated error code when the first did not. When nothing leaves, a second try tells why (or succeeds).
    int call(int fd, int first, int count) {
        MemorySegment from = first == 0 ? vector.headers : vector.headers.asSlice(MessageVector.header(first));
        int sent = Libc.trySendmmsg(fd, from, count, MSG_DONTWAIT);
        return sent >= 0 ? sent : Libc.sendmmsg(vector.state, fd, from, count, MSG_DONTWAIT);
    }

    /// Copies one datagram into place.
    ///
    /// @param hops hop limit 1..255, or 0 for the socket's own
    void put(int message, Datagram datagram, int hops) {
        int scope = ControlData.scope(datagram);
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
        long length = ControlData.putPacketInfo(vector.controls, start, datagram);
        if (hops != 0) {
            long at = start + (length + 7 & ~7L);
            length = at
                    - start
                    + (v4
                            ? ControlData.putInt(vector.controls, at, IPPROTO_IP, IP_TTL, hops)
                            : ControlData.putInt(vector.controls, at, IPPROTO_IPV6, IPV6_HOPLIMIT, hops));
        }
        vector.headers.set(LONG, header + MessageVector.HEADER_CONTROL_LENGTH, length);
    }
}
