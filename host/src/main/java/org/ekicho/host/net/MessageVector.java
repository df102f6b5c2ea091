package org.ekicho.host.net;

import static org.ekicho.host.net.SocketAddresses.INT;
import static org.ekicho.host.net.SocketAddresses.LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.ekicho.host.linux.Libc;
import org.ekicho.wire.Datagram;

/// Native memory for a number of messages as `recvmmsg` and `sendmmsg` want them, laid out once and reused for ever.
/// For message *i* one `struct mmsghdr` points to an address, to a single `iovec` with the payload, and to control
/// data (packet info, hop limit, time stamp).
///
/// ```
/// struct mmsghdr (64 bytes)  0 name*   8 namelen   16 iov*   24 iovlen   32 control*   40 controllen   48 flags   56
/// len
/// struct cmsghdr (16 bytes)  0 len     8 level     12 type   16 data, padded to 8
/// ```
final class MessageVector {
    /// The most messages of one call. At 64 the cost of the call itself is below 1 % of a message's.
    static final int MOST = 64;

    static final int HEADER = 64;
    static final int HEADER_NAME_LENGTH = 8;
    static final int HEADER_CONTROL = 32;
    static final int HEADER_CONTROL_LENGTH = 40;
    static final int HEADER_FLAGS = 48;
    static final int HEADER_LENGTH = 56;
    static final int CONTROL_HEADER = 16;
    /// Room for a time stamp (32), packet info of either family (32 or 40) and a hop limit (24), rounded up.
    static final int CONTROL = 128;

    private static final int IOVEC = 16;

    final int capacity;
    final MemorySegment state;
    final MemorySegment headers;
    final MemorySegment names;
    final MemorySegment controls;
    final MemorySegment payloads;
    private final MemorySegment iovecs;

    /// @param capacity messages, 1..[#MOST]
    MessageVector(int capacity) {
        // Freed by the garbage collector: a socket may be closed while a thread is still inside a call.
        Arena arena = Arena.ofAuto();
        this.capacity = capacity;
        state = Libc.errorState(arena);
        headers = arena.allocate((long) capacity * HEADER, 64);
        names = arena.allocate((long) capacity * SocketAddresses.ROOM, 64);
        controls = arena.allocate((long) capacity * CONTROL, 64);
        payloads = arena.allocate((long) capacity * Datagram.CAPACITY, 64);
        iovecs = arena.allocate((long) capacity * IOVEC, 64);
        for (int i = 0; i < capacity; i++) {
            long header = header(i);
            headers.set(LONG, header, names.address() + name(i));
            headers.set(LONG, header + 16, iovecs.address() + (long) i * IOVEC);
            headers.set(LONG, header + 24, 1);
            headers.set(LONG, header + HEADER_CONTROL, controls.address() + control(i));
            iovecs.set(LONG, (long) i * IOVEC, payloads.address() + payload(i));
            setLength(i, Datagram.CAPACITY);
            prepareToReceive(i);
        }
    }

    static long header(int message) {
        return (long) message * HEADER;
    }

    static long name(int message) {
        return (long) message * SocketAddresses.ROOM;
    }

    static long control(int message) {
        return (long) message * CONTROL;
    }

    static long payload(int message) {
        return (long) message * Datagram.CAPACITY;
    }

    /// Sets what the kernel overwrites in a header back to the full room.
    void prepareToReceive(int message) {
        long header = header(message);
        headers.set(INT, header + HEADER_NAME_LENGTH, SocketAddresses.ROOM);
        headers.set(LONG, header + HEADER_CONTROL_LENGTH, CONTROL);
        headers.set(INT, header + HEADER_FLAGS, 0);
        headers.set(INT, header + HEADER_LENGTH, 0);
    }

    /// Sets how many bytes of payload count.
    void setLength(int message, int length) {
        iovecs.set(LONG, (long) message * IOVEC + 8, length);
    }
}
