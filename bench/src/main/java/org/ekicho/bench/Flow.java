package org.ekicho.bench;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.ekicho.host.linux.Errno;
import org.ekicho.host.linux.Libc;
import org.ekicho.host.linux.Sockets;
import org.ekicho.wire.Endpoint;

/// A connected UDP socket with native memory for one burst each way. It knows nothing of NTP and does less for a packet
/// than any server: no addresses, no packet info, no time stamps, no copies into Java unless asked.
///
/// Requests leave as runs of equal length that the kernel cuts into datagrams (UDP_SEGMENT), so that the generator's
/// core is never the one that limits.
final class Flow implements AutoCloseable {
    /// Datagrams of one burst, and replies taken at once.
    static final int BURST = 32;

    private static final int ROOM = 256;
    private static final int HEADER = 64;
    private static final int SOL_UDP = 17;
    private static final int UDP_SEGMENT = 103;
    private static final int RECEIVE_BUFFER = 8 << 20;

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment state = Libc.errorState(arena);
    private final MemorySegment requests = arena.allocate((long) BURST * ROOM, 64);
    private final MemorySegment replies = arena.allocate((long) BURST * ROOM, 64);
    private final MemorySegment out = arena.allocate(HEADER, 64);
    private final MemorySegment outVector = arena.allocate(16, 64);
    private final MemorySegment in = arena.allocate((long) BURST * HEADER, 64);
    private final MemorySegment inVectors = arena.allocate((long) BURST * 16, 64);
    private final int fd;
    private int requestLength;

    /// @param to an IPv4 endpoint
    /// @throws IOException names the call that failed
    Flow(Endpoint to) throws IOException {
        fd = checked("socket", Libc.socket(state, Sockets.AF_INET, Sockets.SOCK_DGRAM, 0));
        option(Sockets.SOL_SOCKET, Sockets.SO_RCVBUF, RECEIVE_BUFFER);
        MemorySegment address = arena.allocate(16, 8);
        address.set(JAVA_BYTE, 0, (byte) Sockets.AF_INET);
        address.set(JAVA_BYTE, 2, (byte) (to.port() >> 8));
        address.set(JAVA_BYTE, 3, (byte) to.port());
        MemorySegment.copy(to.address().toBytes(), 0, address, JAVA_BYTE, 4, 4);
        checked("connect", Libc.connect(state, fd, address, 16));
        out.set(ADDRESS, 16, outVector);
        out.set(JAVA_LONG, 24, 1L);
        outVector.set(ADDRESS, 0, requests);
        for (int i = 0; i < BURST; i++) {
            in.set(ADDRESS, i * (long) HEADER + 16, inVectors.asSlice(i * 16L, 16));
            in.set(JAVA_LONG, i * (long) HEADER + 24, 1L);
            inVectors.set(ADDRESS, i * 16L, replies.asSlice(i * (long) ROOM, ROOM));
            inVectors.set(JAVA_LONG, i * 16L + 8, (long) ROOM);
        }
    }

    private void option(int level, int name, int value) throws IOException {
        MemorySegment number = arena.allocate(JAVA_INT);
        number.set(JAVA_INT, 0, value);
        checked("setsockopt", Libc.setsockopt(state, fd, level, name, number));
    }

    private static int checked(String call, int result) throws IOException {
        if (result < 0) {
            throw new IOException(call + ": " + Errno.text(-result));
        }
        return result;
    }

    /// What every burst is made of from now on: `BURST` requests of one length.
    void prepare(byte[][] burst, int length) throws IOException {
        requestLength = length;
        for (int i = 0; i < BURST; i++) {
            MemorySegment.copy(burst[i], 0, requests, JAVA_BYTE, i * (long) length, length);
        }
        option(SOL_UDP, UDP_SEGMENT, length);
    }

    /// Sends the first `count` requests.
    ///
    /// @return false when the kernel had no room for them
    boolean send(int count) throws IOException {
        outVector.set(JAVA_LONG, 8, (long) count * requestLength);
        int sent = Libc.sendmmsg(state, fd, out, 1, 0);
        if (sent < 0 && sent != -Errno.EAGAIN && sent != -Errno.ECONNREFUSED) {
            checked("sendmmsg", sent);
        }
        return sent == 1;
    }

    /// Takes what is there, never waits: how many replies.
    int receive() throws IOException {
        int count = Libc.recvmmsg(state, fd, in, BURST, Sockets.MSG_DONTWAIT);
        if (count == -Errno.EAGAIN || count == -Errno.ECONNREFUSED) {
            return 0;
        }
        return checked("recvmmsg", count);
    }

    int replyLength(int index) {
        return in.get(JAVA_INT, index * (long) HEADER + 56);
    }

    void copyReply(int index, byte[] into) {
        MemorySegment.copy(replies, JAVA_BYTE, index * (long) ROOM, into, 0, Math.min(into.length, ROOM));
    }

    @Override
    public void close() {
        Libc.close(state, fd);
        arena.close();
    }
}
