package org.ekicho.daemon.time;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.ekicho.wire.Datagram;

/// What waits for the engine's thread: datagrams from the sockets, commands from everybody else. Bounded; what does
/// not fit is counted and lost, as on a network. Datagrams are copied into slots made once.
final class Mailbox {
    /// Datagrams that may wait. The engine takes some ten microseconds for each, so this is a burst of five
    /// milliseconds; replies to our own requests and broadcasts come at a few per second.
    static final int PACKETS = 512;
    /// Of these, control queries at most: they come from anywhere and must not crowd out time.
    static final int CONTROL_PACKETS = 64;
    /// Commands that may wait: interface changes, resolved names, questions of the control socket.
    static final int COMMANDS = 256;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Datagram[] slots = new Datagram[PACKETS];
    private final Kind[] kinds = new Kind[PACKETS];
    private final Deque<Runnable> commands = new ArrayDeque<>();
    /// Where a datagram stands while its reader works on it; belongs to the reading thread.
    private final Datagram taken = new Datagram();

    private int head;
    private int count;
    private int controls;
    private long lostPackets;
    private long lostCommands;

    /// What a datagram is for.
    enum Kind {
        TIME,
        CONTROL
    }

    /// Who empties the mailbox.
    interface Reader {
        /// @param datagram good until this call returns
        void time(Datagram datagram);

        /// @param datagram good until this call returns
        void control(Datagram datagram);

        void command(Runnable command);
    }

    Mailbox() {
        Arrays.setAll(slots, i -> new Datagram());
        Arrays.fill(kinds, Kind.TIME);
    }

    /// Copies the datagram in; false when there was no room.
    boolean offer(Kind kind, Datagram datagram) {
        lock.lock();
        try {
            if (count == PACKETS || (kind == Kind.CONTROL && controls == CONTROL_PACKETS)) {
                lostPackets++;
                return false;
            }
            int tail = (head + count) % PACKETS;
            slots[tail].copyFrom(datagram);
            kinds[tail] = kind;
            count++;
            controls += kind == Kind.CONTROL ? 1 : 0;
            filled.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Adds a command; false when there was no room.
    boolean post(Runnable command) {
        lock.lock();
        try {
            if (commands.size() == COMMANDS) {
                lostCommands++;
                return false;
            }
            commands.add(command);
            filled.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Hands the next thing to `reader`, commands first; waits `timeoutNanos` at most for one.
    ///
    /// @return false when nothing came in time
    boolean take(Reader reader, long timeoutNanos) throws InterruptedException {
        Runnable command = null;
        Kind kind = Kind.TIME;
        lock.lock();
        try {
            long left = timeoutNanos;
            while (count == 0 && commands.isEmpty()) {
                if (left <= 0) {
                    return false;
                }
                left = filled.awaitNanos(left);
            }
            command = commands.poll();
            if (command == null) {
                taken.copyFrom(slots[head]);
                kind = kinds[head];
                head = (head + 1) % PACKETS;
                count--;
                controls -= kind == Kind.CONTROL ? 1 : 0;
            }
        } finally {
            lock.unlock();
        }
        if (command != null) {
            reader.command(command);
        } else {
            switch (kind) {
                case TIME -> reader.time(taken);
                case CONTROL -> reader.control(taken);
            }
        }
        return true;
    }

    /// Datagrams and commands that found no room since start.
    long lost() {
        lock.lock();
        try {
            return lostPackets + lostCommands;
        } finally {
            lock.unlock();
        }
    }

    /// Seconds as nanoseconds, for callers of [#take].
    static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }
}
