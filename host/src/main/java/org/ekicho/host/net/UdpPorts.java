package org.ekicho.host.net;

import static org.ekicho.host.linux.Sockets.MSG_DONTWAIT;
import static org.ekicho.host.linux.Sockets.MSG_ERRQUEUE;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.ekicho.host.linux.Errno;
import org.ekicho.host.linux.Libc;
import org.ekicho.host.linux.LibcEpoll;
import org.ekicho.host.linux.SystemCallException;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.Endpoint;
import org.jspecify.annotations.Nullable;

/// Many UDP ports that one thread serves: it waits for all of them at once, and they share the memory for
/// receiving and sending, so that a port costs little more than its descriptor. Everything belongs to that
/// thread but [Port#shut].
///
/// @param <T> whom a port belongs to
public final class UdpPorts<T> implements Closeable {
    /// What [#receive] returns when the network said that the peer does not exist.
    public static final int UNREACHABLE = -1;

    /// Ports that are reported by one wait.
    private static final int READY = 64;

    private final Descriptor epoll;
    private final MemorySegment events;
    private final MemorySegment state;
    private final Inbox inbox = new Inbox(READY);
    private final Outbox outbox = new Outbox(1);
    private final BlockOutbox blocks = new BlockOutbox();
    /// By key; empty places are given out again.
    private final List<@Nullable Port<T>> open = new ArrayList<>();
    private final Port<T>[] ready;

    /// An open port.
    ///
    /// @param <T> whom it belongs to
    public static final class Port<T> {
        private final Descriptor descriptor;
        private final int key;
        private final Endpoint local;
        private @Nullable T owner;
        private boolean error;

        private Port(Descriptor descriptor, int key, Endpoint local) {
            this.descriptor = descriptor;
            this.key = key;
            this.local = local;
            // Held until the serving thread closes it: a number closed by another thread would vanish from the wait
            // before it is reported.
            descriptor.enter();
        }

        /// Where it is bound, with its real port.
        public Endpoint local() {
            return local;
        }

        public T owner() {
            return Objects.requireNonNull(owner);
        }

        /// Has the port reported as ready from now on, and [UdpPorts#receive] say that it is closed. From any
        /// thread.
        public void shut() {
            descriptor.close();
        }

        public boolean isShut() {
            return descriptor.isClosed();
        }
    }

    @SuppressWarnings("unchecked")
    public UdpPorts() throws IOException {
        Arena arena = Arena.ofAuto();
        state = Libc.errorState(arena);
        events = LibcEpoll.events(arena, READY);
        ready = (Port<T>[]) new Port<?>[READY];
        int fd = LibcEpoll.create(state);
        if (fd < 0) throw new SystemCallException("epoll_create1", -fd, "");
        epoll = new Descriptor(fd);
    }

    /// Opens and binds a port; `batch` of the options does not count.
    ///
    /// @param owner says whom the port belongs to
    public Port<T> open(UdpOptions options, Function<Port<T>, T> owner) throws IOException {
        SocketControl control = SocketControl.open(options);
        try {
            Endpoint local = control.bind(options);
            Port<T> port = new Port<>(control.descriptor(), freeKey(), local);
            port.owner = owner.apply(port);
            int result =
                    LibcEpoll.add(state, epoll.number(), control.descriptor().number(), port.key);
            if (result < 0) throw new SystemCallException("epoll_ctl", -result, "");
            if (port.key == open.size()) open.add(port);
            else open.set(port.key, port);
            return port;
        } catch (IOException | RuntimeException e) {
            control.descriptor().close();
            throw e;
        }
    }

    private int freeKey() {
        int free = open.indexOf(null);
        return free < 0 ? open.size() : free;
    }

    /// Waits until ports have something, at most so long.
    ///
    /// @param millis 0: not at all; -1: for ever
    /// @return how many; see [#ready]
    public int await(int millis) {
        int count = LibcEpoll.await(epoll.number(), events, READY, millis);
        int known = 0;
        for (int i = 0; i < count; i++) {
            Port<T> port = open.get((int) LibcEpoll.key(events, i));
            if (port == null) continue;
            port.error = LibcEpoll.isError(events, i);
            ready[known++] = port;
        }
        return known;
    }

    /// One of those that the last [#await] counted. It may have been closed since.
    public Port<T> ready(int index) {
        return ready[index];
    }

    /// Takes what a port has, without waiting. What was in `batch` is lost in any case.
    ///
    /// @param batch at most 64
    /// @return how many, 0 for none, [#UNREACHABLE]
    public int receive(Port<T> port, Datagram[] batch) throws IOException {
        if (!port.descriptor.enter()) return 0;
        try {
            int fd = port.descriptor.number();
            int count = port.error ? inbox.callOnce(fd, batch.length, 0) : inbox.call(fd, batch.length, MSG_DONTWAIT);
            if (count > 0) return inbox.take(count, batch);
            if (port.error) {
                // A report that stays in the queue would have the port ready for ever.
                inbox.take(Math.max(0, inbox.callOnce(fd, batch.length, MSG_ERRQUEUE)), batch);
            }
            return switch (-count) {
                case Errno.ECONNREFUSED -> UNREACHABLE;
                case 0,
                        Errno.EAGAIN,
                        Errno.EINTR,
                        Errno.EHOSTUNREACH,
                        Errno.ENETUNREACH,
                        Errno.ENETDOWN,
                        Errno.EMSGSIZE,
                        Errno.EACCES,
                        Errno.EPERM -> 0;
                default -> throw new SystemCallException("recvmmsg", -count, "");
            };
        } finally {
            port.descriptor.leave();
        }
    }

    /// Sends one datagram from its local address and by its interface.
    ///
    /// @return false when the kernel refused it, as for want of room or of a route
    public boolean send(Port<T> port, Datagram datagram) {
        if (!port.descriptor.enter()) return false;
        try {
            outbox.put(0, datagram, 0);
            return outbox.call(port.descriptor.number(), 0, 1) > 0;
        } finally {
            port.descriptor.leave();
        }
    }

    /// Sends the pieces of a run.
    ///
    /// @return how many left, in order; 0 when there is no room for now
    /// @throws IOException when the content cannot be read any more, or the kernel refuses for good
    public int send(Port<T> port, BlockRun run, SharedBytes content) throws IOException {
        if (!port.descriptor.enter()) return 0;
        try {
            int sent = blocks.send(port.descriptor.number(), run, content);
            return switch (-sent) {
                case Errno.EFAULT ->
                    throw new SystemCallException("read of the content", Errno.EFAULT, "the file became shorter");
                case Errno.EAGAIN, Errno.ENOBUFS, Errno.EINTR -> 0;
                // An ICMP answer to what was sent before; or lost, as on the way.
                case Errno.ECONNREFUSED, Errno.EHOSTUNREACH, Errno.ENETUNREACH, Errno.ENETDOWN, Errno.EPERM ->
                    run.count;
                default -> {
                    if (sent < 0) throw SendFailures.of(run.to, -sent);
                    yield sent;
                }
            };
        } finally {
            port.descriptor.leave();
        }
    }

    /// Closes one port.
    public void close(Port<T> port) {
        if (open.get(port.key) != port) return;
        open.set(port.key, null);
        port.descriptor.close();
        port.descriptor.leave();
    }

    /// Closes all of them.
    @Override
    public void close() {
        for (Port<T> port : new ArrayList<>(open)) {
            if (port != null) close(port);
        }
        epoll.close();
    }
}
