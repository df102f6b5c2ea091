package org.ekicho.host.net;

import static org.ekicho.host.linux.Sockets.MSG_DONTWAIT;
import static org.ekicho.host.linux.Sockets.MSG_WAITFORONE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.ekicho.host.linux.Errno;
import org.ekicho.host.linux.SystemCallException;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;

/// A UDP socket that knows of each datagram what the kernel knows: when it came, to which address, by which interface;
/// and that says of each datagram it sends from which address and by which interface it leaves, whatever the routing
/// table thinks of it. Under load it makes two system calls for each batch: one to receive, one to send.
///
/// One thread receives; any thread may send, join or close. A platform thread should receive: the call blocks its
/// carrier. Nothing is allocated per datagram.
public final class UdpSocket implements Closeable {
    /// What [#receive] returns once the socket is closed.
    public static final int CLOSED = -1;
    /// The time-out that means: until something comes.
    public static final long FOREVER = -1;

    private final Descriptor descriptor;
    private final Endpoint local;
    private final SocketControl control;
    private final Inbox inbox;
    private final Outbox batchOutbox;
    private final Outbox singleOutbox = new Outbox(1);
    /// Sending never waits, so these are held for the time of a system call at most.
    private final ReentrantLock batchLock = new ReentrantLock();

    private final ReentrantLock singleLock = new ReentrantLock();
    private final AtomicLong sendFailures = new AtomicLong();
    private volatile int lastSendError;
    private long timeoutInForce = FOREVER;

    private UdpSocket(Descriptor descriptor, SocketControl control, Endpoint local, int batch) {
        this.descriptor = descriptor;
        this.control = control;
        this.local = local;
        inbox = new Inbox(batch);
        batchOutbox = new Outbox(batch);
    }

    /// Opens and binds. An IPv6 socket hears IPv6 only.
    ///
    /// @throws AddressInUseException when another process has the port: names it
    /// @throws SystemCallException   names the call that failed and what to do
    public static UdpSocket open(UdpOptions options) throws IOException {
        SocketControl control = SocketControl.open(options);
        try {
            return new UdpSocket(control.descriptor(), control, control.bind(options), options.batch());
        } catch (IOException | RuntimeException e) {
            control.descriptor().close();
            throw e;
        }
    }

    /// Where it is bound; the port is the real one when 0 was asked.
    public Endpoint local() {
        return local;
    }

    /// Waits for datagrams and fills the first of `batch` with what is there: at least one unless the time is over.
    ///
    /// @param timeoutNanos how long to wait for the first; 0: not at all; [#FOREVER]. The kernel rounds it up to
    /// its tick (1 to 10 ms). Keep it the same from call to call: a change costs a system call
    /// @return how many; 0 when the time is over, a signal came, or what came was unfit; [#CLOSED]
    public int receive(Datagram[] batch, long timeoutNanos) throws IOException {
        if (!descriptor.enter()) {
            return CLOSED;
        }
        try {
            if (timeoutNanos != 0 && timeoutNanos != timeoutInForce) {
                control.receiveTimeout(Math.max(timeoutNanos, 0));
                timeoutInForce = timeoutNanos;
            }
            int flags = timeoutNanos == 0 ? MSG_DONTWAIT : MSG_WAITFORONE;
            int count = inbox.call(descriptor.number(), batch.length, flags);
            if (descriptor.isClosed()) {
                return CLOSED;
            }
            return count > 0 ? inbox.take(count, batch) : nothing(-count);
        } finally {
            descriptor.leave();
        }
    }

    /// Errors that say nothing of this socket's health: the time is over, a signal, an ICMP answer to what was sent.
    private static int nothing(int errno) throws SystemCallException {
        return switch (errno) {
            case 0,
                    Errno.EAGAIN,
                    Errno.EINTR,
                    Errno.ECONNREFUSED,
                    Errno.EHOSTUNREACH,
                    Errno.ENETUNREACH,
                    Errno.ENETDOWN -> 0;
            default -> throw new SystemCallException("recvmmsg", errno, "");
        };
    }

    /// Sends the first `count` of `batch`, each from its own local address and by its own interface (0: the kernel
    /// chooses). One that the kernel refuses is counted in [#sendFailures] and does not hold up the others.
    ///
    /// @return how many left
    /// @throws ClosedChannelException after [#close]
    public int send(Datagram[] batch, int count) throws IOException {
        if (!descriptor.enter()) {
            throw new ClosedChannelException();
        }
        batchLock.lock();
        try {
            int sent = 0;
            for (int from = 0; from < count; from += batchOutbox.capacity()) {
                sent += sendPart(batch, from, Math.min(count - from, batchOutbox.capacity()));
            }
            return sent;
        } finally {
            batchLock.unlock();
            descriptor.leave();
        }
    }

    private int sendPart(Datagram[] batch, int from, int count) {
        for (int i = 0; i < count; i++) {
            batchOutbox.put(i, batch[from + i], 0);
        }
        int sent = 0;
        int next = 0;
        while (next < count) {
            int result = batchOutbox.call(descriptor.number(), next, count - next);
            if (result > 0) {
                sent += result;
                next += result;
            } else {
                countFailure(-result);
                next++;
            }
        }
        return sent;
    }

    private void countFailure(int errno) {
        sendFailures.incrementAndGet();
        lastSendError = errno;
    }

    /// Sends one datagram from its local address and by its interface (0: the kernel chooses).
    ///
    /// @param hops hop limit 1..255, or 0 for the system's (64, and 1 to a group)
    /// @throws SystemCallException when the kernel refuses it: no route, an address that is not ours, too long, …
    public void send(Datagram datagram, int hops) throws IOException {
        if (hops < 0 || hops > 255) {
            throw new IllegalArgumentException("a hop limit is 0..255, not " + hops);
        }
        if (!descriptor.enter()) {
            throw new ClosedChannelException();
        }
        int result;
        singleLock.lock();
        try {
            singleOutbox.put(0, datagram, hops);
            result = singleOutbox.call(descriptor.number(), 0, 1);
        } finally {
            singleLock.unlock();
            descriptor.leave();
        }
        if (result < 0) {
            countFailure(-result);
            throw SendFailures.of(datagram, -result);
        }
    }

    /// Hears `group` on one interface, without a route to it.
    public void join(IpAddress group, int interfaceIndex) throws IOException {
        control.join(group, interfaceIndex);
    }

    /// Hears `group` on one interface, from `source` only; may be called for several sources.
    public void join(IpAddress group, int interfaceIndex, IpAddress source) throws IOException {
        control.join(group, interfaceIndex, source);
    }

    public void leave(IpAddress group, int interfaceIndex) throws IOException {
        control.leave(group, interfaceIndex);
    }

    public void leave(IpAddress group, int interfaceIndex, IpAddress source) throws IOException {
        control.leave(group, interfaceIndex, source);
    }

    /// Datagrams that were dropped since they were longer than a [Datagram] holds.
    public long truncated() {
        return inbox.truncated();
    }

    /// Datagrams that the kernel dropped since we did not take them fast enough. Costs a system call.
    public long dropped() throws IOException {
        return control.dropped();
    }

    /// Datagrams that the kernel refused to send.
    public long sendFailures() {
        return sendFailures.get();
    }

    /// Why the last of them was refused, as C says it; empty when none was.
    public String lastSendError() {
        return lastSendError == 0 ? "" : Errno.text(lastSendError);
    }

    /// Wakes the thread that receives, whose call returns [#CLOSED].
    @Override
    public void close() {
        descriptor.close();
    }
}
