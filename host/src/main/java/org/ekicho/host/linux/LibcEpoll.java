package org.ekicho.host.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// `epoll`: one thread waits for many descriptors. As in [Libc], a negative result is the negated error code.
///
/// ```
/// struct epoll_event  0 events (32)   4 or 8 data (64)     packed on x86-64, not elsewhere
/// ```
public final class LibcEpoll {
    public static final int EPOLLIN = 0x001;
    public static final int EPOLLERR = 0x008;

    private static final int EPOLL_CLOEXEC = 0x80000;
    private static final int EPOLL_CTL_ADD = 1;
    private static final boolean PACKED = System.getProperty("os.arch", "").equals("amd64");
    private static final int DATA = PACKED ? 4 : 8;
    private static final int EVENT = DATA + 8;

    private static final MethodHandle EPOLL_CREATE = Downcalls.bind("epoll_create1", JAVA_INT);
    private static final MethodHandle EPOLL_CTL = Downcalls.bind("epoll_ctl", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
    /// Without saving `errno`: the only failure of a call with right arguments is a signal.
    private static final MethodHandle EPOLL_WAIT = Downcalls.plain("epoll_wait", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);

    private LibcEpoll() {}

    public static int create(MemorySegment state) {
        try {
            return Downcalls.checked((int) EPOLL_CREATE.invokeExact(state, EPOLL_CLOEXEC), state);
        } catch (Throwable e) {
            throw Downcalls.impossible(e);
        }
    }

    /// Adds a descriptor that is then reported, under `key`, while it has something to read or an error.
    /// Closing the descriptor takes it off.
    public static int add(MemorySegment state, int epoll, int fd, long key) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment event = events(arena, 1);
            event.set(JAVA_INT_UNALIGNED, 0, EPOLLIN);
            event.set(JAVA_LONG_UNALIGNED, DATA, key);
            return Downcalls.checked((int) EPOLL_CTL.invokeExact(state, epoll, EPOLL_CTL_ADD, fd, event), state);
        } catch (Throwable e) {
            throw Downcalls.impossible(e);
        }
    }

    /// Room for the events of one wait.
    public static MemorySegment events(Arena arena, int count) {
        return arena.allocate((long) count * EVENT, 8);
    }

    /// @param millis how long to wait; 0: not at all; -1: for ever
    /// @return events there are; 0 or less when the time is over or a signal came
    public static int await(int epoll, MemorySegment events, int count, int millis) {
        try {
            return (int) EPOLL_WAIT.invokeExact(epoll, events, count, millis);
        } catch (Throwable e) {
            throw Downcalls.impossible(e);
        }
    }

    public static long key(MemorySegment events, int event) {
        return events.get(JAVA_LONG_UNALIGNED, (long) event * EVENT + DATA);
    }

    public static boolean isError(MemorySegment events, int event) {
        return (events.get(JAVA_INT_UNALIGNED, (long) event * EVENT) & EPOLLERR) != 0;
    }
}
