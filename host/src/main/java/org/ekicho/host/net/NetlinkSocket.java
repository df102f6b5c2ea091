package org.ekicho.host.net;

import static org.ekicho.host.linux.Sockets.*;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ekicho.host.linux.Errno;
import org.ekicho.host.linux.Libc;
import org.ekicho.host.linux.SystemCallException;

/// A conversation with the kernel about interfaces and routes. Belongs to one thread; `close` may come from another.
final class NetlinkSocket implements Closeable {
    private static final int NETLINK_ROUTE = 0;
    /// What the kernel fills at most in one go (NLMSG_GOODSIZE and beyond).
    private static final int BUFFER = 32_768;
    /// Messages of one answer. Each interface and each address is one; a host has not so many.
    private static final int MOST_MESSAGES = 65_536;
    /// The kernel answers from memory; if it does not, something is very wrong.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Descriptor descriptor;
    private final MemorySegment state;
    private final MemorySegment buffer;
    private final byte[] bytes = new byte[BUFFER];
    private int sequence;

    private NetlinkSocket(int fd) {
        Arena arena = Arena.ofAuto();
        descriptor = new Descriptor(fd);
        state = Libc.errorState(arena);
        buffer = arena.allocate(BUFFER, 8);
    }

    /// @param groups RTMGRP_* bits to be told of; 0 for questions only
    static NetlinkSocket open(int groups) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = Libc.errorState(arena);
            int fd = Libc.socket(state, AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
            if (fd < 0) {
                throw new SystemCallException("socket for netlink", -fd, "");
            }
            NetlinkSocket socket = new NetlinkSocket(fd);
            MemorySegment address = arena.allocate(12, 4);
            address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_NETLINK);
            address.set(ValueLayout.JAVA_INT, 8, groups);
            int result = Libc.bind(state, fd, address, (int) address.byteSize());
            if (result < 0) {
                socket.close();
                throw new SystemCallException("bind of netlink", -result, "");
            }
            return socket;
        }
    }

    /// Asks and collects the whole answer.
    ///
    /// @throws SystemCallException with the kernel's own error code when it refuses
    List<NetlinkMessage> ask(int type, int flags, byte[] body) throws IOException {
        if (!descriptor.enter()) {
            throw new java.nio.channels.ClosedChannelException();
        }
        try {
            receiveTimeout(PATIENCE);
            sequence++;
            send(NetlinkMessage.encode(type, flags | NetlinkMessage.NLM_F_REQUEST, sequence, body));
            List<NetlinkMessage> answer = new ArrayList<>();
            boolean more = true;
            while (more && answer.size() < MOST_MESSAGES) {
                more = collect(answer, flags);
            }
            return answer;
        } finally {
            descriptor.leave();
        }
    }

    /// Reads once; true when more is to come.
    private boolean collect(List<NetlinkMessage> answer, int flags) throws IOException {
        int length = Libc.recv(state, descriptor.number(), buffer, 0);
        if (length <= 0) {
            if (length == -Errno.EINTR) {
                return true;
            }
            throw new SystemCallException("recv from netlink", -length, "");
        }
        MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, bytes, 0, length);
        boolean more = true;
        for (NetlinkMessage message : NetlinkMessage.decode(bytes, length)) {
            if (message.sequence() != sequence) {
                continue;
            }
            switch (message.type()) {
                case NetlinkMessage.NLMSG_DONE -> more = false;
                case NetlinkMessage.NLMSG_ERROR -> {
                    int errno = message.length() >= 4 ? -message.i32(0) : Errno.EINVAL;
                    if (errno != 0) {
                        throw new SystemCallException("netlink", errno, "");
                    }
                    more = false;
                }
                default -> {
                    answer.add(message);
                    more = more && (flags & NetlinkMessage.NLM_F_DUMP) != 0;
                }
            }
        }
        return more;
    }

    /// Waits for news of the groups; true when some came (or were lost for want of room, which is news too).
    boolean await(Duration timeout) throws IOException {
        if (!descriptor.enter()) {
            return false;
        }
        try {
            receiveTimeout(timeout);
            int length = Libc.recv(state, descriptor.number(), buffer, 0);
            while (length > 0 && !descriptor.isClosed()) {
                // One change comes as several messages: all that is there is one piece of news.
                if (Libc.recv(state, descriptor.number(), buffer, MSG_DONTWAIT) <= 0) {
                    return true;
                }
            }
            return switch (-length) {
                case 0, Errno.EAGAIN, Errno.EINTR -> false;
                case Errno.ENOBUFS -> true;
                default -> throw new SystemCallException("recv from netlink", -length, "");
            };
        } finally {
            descriptor.leave();
        }
    }

    private void send(byte[] message) throws IOException {
        MemorySegment.copy(message, 0, buffer, ValueLayout.JAVA_BYTE, 0, message.length);
        int result = Libc.send(state, descriptor.number(), buffer.asSlice(0, message.length), 0);
        if (result < 0) {
            throw new SystemCallException("send to netlink", -result, "");
        }
    }

    private void receiveTimeout(Duration timeout) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(16, 8);
            value.set(ValueLayout.JAVA_LONG, 0, timeout.toSeconds());
            // Zero altogether would mean for ever.
            value.set(
                    ValueLayout.JAVA_LONG, 8, Math.max(timeout.toNanosPart() / 1000, timeout.toSeconds() == 0 ? 1 : 0));
            Libc.setsockopt(state, descriptor.number(), SOL_SOCKET, SO_RCVTIMEO, value);
        }
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
