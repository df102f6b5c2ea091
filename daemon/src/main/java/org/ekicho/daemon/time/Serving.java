package org.ekicho.daemon.time;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.ekicho.daemon.clock.ServedClock;
import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.access.ClientEntry;
import org.ekicho.ntp.boundary.LocalInterface;
import org.ekicho.ntp.server.InterfaceFilter;
import org.ekicho.ntp.server.NtpAction;
import org.ekicho.ntp.server.NtpServer;
import org.ekicho.ntp.server.ServerState;
import org.ekicho.wire.Datagram;

/// The server core with its lock: what all socket threads share. The lock is held for a batch of decisions, never
/// while a socket is read or written.
final class Serving {
    private final ServedClock clock;
    private final Mailbox mailbox;
    private final ReentrantLock lock = new ReentrantLock();
    private final LongAdder elsewhere = new LongAdder();
    private final LongAdder unsent = new LongAdder();
    private NtpServer server;
    private ServerState state;
    private List<LocalInterface> network = List.of();
    private WayBack wayBack = WayBack.SAID;
    private ServedInterfaces interfaces = ServedInterfaces.ALL;

    Serving(ServedClock clock, Mailbox mailbox, NtpServer server, ServerState state) {
        this.clock = clock;
        this.mailbox = mailbox;
        this.server = server;
        this.state = state;
        server.update(state);
    }

    /// Decides about the first `count` of `requests` and writes the answers, sealed, to the first of `replies`.
    ///
    /// @return how many answers there are
    int answer(Datagram[] requests, int count, Datagram[] replies) {
        long monotonicNanos = System.nanoTime();
        int answers = 0;
        lock.lock();
        try {
            for (int i = 0; i < count; i++) {
                Datagram request = requests[i];
                request.receivedAtNanos = clock.receivedNanos(request.receivedAtNanos);
                if (!interfaces.serves(request)) {
                    elsewhere.increment();
                    continue;
                }
                switch (server.answer(request, replies[answers], monotonicNanos)) {
                    case NtpAction.Reply reply -> answers++;
                    case NtpAction.Kiss kiss -> answers++;
                    case NtpAction.Drop drop -> {}
                    case NtpAction.ToEngine toEngine -> mailbox.offer(Mailbox.Kind.TIME, request);
                    case NtpAction.ToControl toControl -> mailbox.offer(Mailbox.Kind.CONTROL, request);
                }
            }
            for (int i = 0; i < answers; i++) {
                wayBack.shorten(replies[i]);
                server.seal(replies[i], clock.nowNanos());
            }
            return answers;
        } finally {
            lock.unlock();
        }
    }

    /// Answers that the kernel did not take.
    void notSent(int count) {
        unsent.add(count);
    }

    /// Serves by other settings from now on; counters and clients begin anew.
    void replace(NtpServer next) {
        lock.lock();
        try {
            server = next;
            server.update(state);
            server.networkIs(network);
        } finally {
            lock.unlock();
        }
    }

    void update(ServerState next) {
        lock.lock();
        try {
            state = next;
            server.update(next);
        } finally {
            lock.unlock();
        }
    }

    /// The interfaces as they are now, and which of their addresses take part.
    void networkIs(List<LocalInterface> now, InterfaceFilter filter) {
        ServedInterfaces next = ServedInterfaces.of(now, filter);
        lock.lock();
        try {
            network = List.copyOf(now);
            wayBack = WayBack.of(network);
            interfaces = next;
            server.networkIs(network);
        } finally {
            lock.unlock();
        }
    }

    List<ClientEntry> clients(int limit) {
        lock.lock();
        try {
            return server.clients(limit);
        } finally {
            lock.unlock();
        }
    }

    /// How many packets came to each end, by `NtpReason.ordinal()`.
    long[] counters() {
        long[] counters;
        lock.lock();
        try {
            counters = server.counters().clone();
        } finally {
            lock.unlock();
        }
        counters[NtpReason.INTERFACE_NOT_SERVED.ordinal()] += elsewhere.sum();
        return counters;
    }

    long unsent() {
        return unsent.sum();
    }
}
