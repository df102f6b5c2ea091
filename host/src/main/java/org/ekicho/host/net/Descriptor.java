package org.ekicho.host.net;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;
import org.ekicho.host.linux.Libc;
import org.ekicho.host.linux.Sockets;

/// A socket's file descriptor that is closed once nobody is inside a call with it. Without this a number that was
/// closed and given out again could be read by a thread that still meant the old socket.
final class Descriptor {
    /// Set in `users` from `close` on; the bits below it count the calls under way.
    private static final int CLOSED = 1 << 30;

    private final int number;
    private final AtomicInteger users = new AtomicInteger();

    Descriptor(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    boolean isClosed() {
        return (users.get() & CLOSED) != 0;
    }

    /// Enters a call; false when it is closed. Each true needs one `leave`.
    boolean enter() {
        if ((users.incrementAndGet() & CLOSED) == 0) {
            return true;
        }
        leave();
        return false;
    }

    void leave() {
        if (users.decrementAndGet() == CLOSED) {
            release();
        }
    }

    /// Wakes whoever waits in a call, and closes the number when the last has left. A second close does nothing.
    void close() {
        if (!enter()) {
            return;
        }
        if ((users.getAndUpdate(value -> value | CLOSED) & CLOSED) != 0) {
            leave();
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            // Says ENOTCONN for an unconnected socket and yet wakes its readers (inet_shutdown in net/ipv4/af_inet.c).
            Libc.shutdown(Libc.errorState(arena), number, Sockets.SHUT_RDWR);
        }
        leave();
    }

    private void release() {
        // Between the last `leave` and here a late `enter` may come and go; only one of them finds the count at zero
        // and turns it into a state that is never zero again.
        if (users.compareAndSet(CLOSED, CLOSED | CLOSED >>> 1)) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment state = Libc.errorState(arena);
                Libc.close(state, number);
            }
        }
    }
}
