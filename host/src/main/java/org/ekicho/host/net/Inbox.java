package org.ekicho.host.net;

import static org.ekicho.host.linux.Sockets.*;
import static org.ekicho.host.net.SocketAddresses.*;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.ekicho.host.linux.Libc;
import org.ekicho.wire.Datagram;

/// The receiving half of a socket: one `recvmmsg` into native memory that is reused, then one copy of each
/// payload into the caller's datagrams. Belongs to one thread at a time.
final class Inbox {
    private final MessageVector vector;
    private long truncated;

    Inbox(int capacity) {
        vector = new MessageVector(capacity);
    }

    /// Datagrams dropped since they were longer than [Datagram#CAPACITY].
    long truncated() {
        return truncated;
    }

    /// One `recvmmsg`: the number of messages that now lie in native memory, or the negated error code. When it
    /// fails, as it does when the time is over, a second one that does not wait tells why (or finds what has
    /// come meanwhile).
    int call(int fd, int wanted, int flags) {
        int most = Math.min(wanted, vector.capacity);
        int count = Libc.tryRecvmmsg(fd, vector.headers, most, flags);
        return count >= 0 ? count : Libc.recvmmsg(vector.state, fd, vector.headers, most, flags | MSG_DONTWAIT);
    }

    /// The same by one call that does not wait and tells why: the first error is taken away by being told.
    int callOnce(int fd, int wanted, int flags) {
        return Libc.recvmmsg(vector.state, fd, vector.headers, Math.min(wanted, vector.capacity), flags | MSG_DONTWAIT);
    }

    /// Moves `count` messages to the front of `batch` and returns how many of them are whole.
    int take(int count, Datagram[] batch) {
        int whole = 0;
        for (int i = 0; i < count; i++) {
            if (read(i, batch[whole])) {
                whole++;
            }
            vector.prepareToReceive(i);
        }
        return whole;
    }

    private boolean read(int message, Datagram into) {
        MemorySegment headers = vector.headers;
        long header = MessageVector.header(message);
        int flags = headers.get(INT, header + MessageVector.HEADER_FLAGS);
        if ((flags & MSG_TRUNC) != 0) {
            truncated++;
            return false;
        }
        if (headers.get(INT, header + MessageVector.HEADER_NAME_LENGTH) == 0
                || !readPeer(vector.names, MessageVector.name(message), into)) {
            return false;
        }
        into.length = headers.get(INT, header + MessageVector.HEADER_LENGTH);
        MemorySegment.copy(
                vector.payloads, ValueLayout.JAVA_BYTE, MessageVector.payload(message), into.bytes, 0, into.length);
        into.localHigh = 0;
        into.localLow = 0;
        into.interfaceIndex = 0;
        into.receivedAtNanos = 0;
        readControl(
                MessageVector.control(message), headers.get(LONG, header + MessageVector.HEADER_CONTROL_LENGTH), into);
        return true;
    }

    /// Walks the control data. What does not fit its room was cut by the kernel (MSG_CTRUNC) and is left
    /// unknown.
    private void readControl(long start, long length, Datagram into) {
        MemorySegment controls = vector.controls;
        long end = start + Math.min(length, MessageVector.CONTROL);
        long at = start;
        while (end - at >= MessageVector.CONTROL_HEADER) {
            long size = controls.get(LONG, at);
            if (size < MessageVector.CONTROL_HEADER || size > end - at) {
                return;
            }
            readControlMessage(controls.get(INT, at + 8), controls.get(INT, at + 12), at, size, into);
            at += size + 7 & ~7L;
        }
    }

    private void readControlMessage(int level, int type, long at, long size, Datagram into) {
        MemorySegment controls = vector.controls;
        long data = at + MessageVector.CONTROL_HEADER;
        long room = size - MessageVector.CONTROL_HEADER;
        if (level == SOL_SOCKET && type == SO_TIMESTAMPNS && room >= 16) {
            into.receivedAtNanos = controls.get(LONG, data) * 1_000_000_000L + controls.get(LONG, data + 8);
        } else if (level == IPPROTO_IP && type == IP_PKTINFO && room >= 12) {
            // int ipi_ifindex; in_addr ipi_spec_dst; in_addr ipi_addr (the destination in the header)
            into.interfaceIndex = controls.get(INT, data);
            into.localLow = mapped(controls.get(NET_INT, data + 8));
        } else if (level == IPPROTO_IPV6 && type == IPV6_PKTINFO && room >= 20) {
            // in6_addr ipi6_addr; int ipi6_ifindex
            into.localHigh = controls.get(NET_LONG, data);
            into.localLow = controls.get(NET_LONG, data + 8);
            into.interfaceIndex = controls.get(INT, data + 16);
        }
    }
}
