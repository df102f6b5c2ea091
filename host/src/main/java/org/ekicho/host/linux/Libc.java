package org.ekicho.host.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The C library's functions that Ekicho calls. Each returns what C returns, or the negated error code where C says
/// -1 and sets `errno` (as the kernel itself does), so that one `int` tells all and nothing is allocated.
///
/// The first argument of each is a piece of memory from [#errorState] into which `errno` is saved at once; it belongs
/// to one thread at a time. Those about files are in [LibcFiles].
public final class Libc {
    private static final MethodHandle SOCKET = Downcalls.bind("socket", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle BIND = Downcalls.bind("bind", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle CONNECT = Downcalls.bind("connect", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle GETSOCKNAME = Downcalls.bind("getsockname", JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle SETSOCKOPT =
            Downcalls.bind("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle GETSOCKOPT =
            Downcalls.bind("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle SHUTDOWN = Downcalls.bind("shutdown", JAVA_INT, JAVA_INT);
    private static final MethodHandle RECVMMSG =
            Downcalls.bind("recvmmsg", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle SENDMMSG = Downcalls.bind("sendmmsg", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    /// The same two without saving `errno`. Saving it makes an object for each call unless the compiler is in a good
    /// mood
    /// (`SharedUtils.checkCaptureSegment` of JDK 25 makes a slice), and these are called for every batch.
    private static final MethodHandle TRY_RECVMMSG =
            Downcalls.plain("recvmmsg", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);

    private static final MethodHandle TRY_SENDMMSG = Downcalls.plain("sendmmsg", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle RECV = Downcalls.bind("recv", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle SEND = Downcalls.bind("send", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle CLOCK_ADJTIME = Downcalls.bind("clock_adjtime", JAVA_INT, ADDRESS);
    /// Never blocks and is called for every packet: without the thread's change of state it takes a fraction of the
    /// time.
    private static final MethodHandle CLOCK_GETTIME = Downcalls.LINKER.downcallHandle(
            Downcalls.LINKER.defaultLookup().findOrThrow("clock_gettime"),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS),
            Linker.Option.critical(false));

    private Libc() {}

    /// Memory for the error code of one caller's calls.
    public static MemorySegment errorState(Arena arena) {
        return Downcalls.errorState(arena);
    }

    public static int close(MemorySegment state, int fd) {
        return LibcFiles.close(state, fd);
    }

    public static int socket(MemorySegment state, int family, int type, int protocol) {
        try {
            return Downcalls.checked((int) SOCKET.invokeExact(state, family, type, protocol), state);
        } catch (Throwable e) {
            throw Downcalls.impossible(e);
        }
    }

    public static int bind(MemorySegment state, int fd, MemorySegment address, int length) {
        try {
            return Downcalls.checked((int) BIND.invokeExact(state, fd, address, length), state);
        } catch (Throwable e) {
            throw Downcalls.impossible(e);
        }
    }

    public static int connect(MemorySegment state, int fd, MemorySegment address, int length) {
        try {
            return Downcalls.checked((int) CONNECT.invokeExact(state, fd, address, length), state);
        } catch (Throwable e) {
            throw Downcalls.impossible(e);
        }
    }

    /// @param length in: the room of `address`; out: what was written
    public static int getsockname(MemorySegment state, int fd, MemorySegment address, MemorySegment length) {
        try {
            return Downcalls.checked((int) GETSOCKNAME.invokeExact(state, fd, address, length), state);
        } catch (Throwable e) {
            throw Downcalls.impossible(e);
        }
    }

    public static int setsockopt(MemorySegment state, int fd, int level, int name, MemorySegment value) {
        try {
            return Downcalls.checked(
                    (int) SETSOCKOPT.invokeExact(state, fd, level, name, value, (int) value.byteSize()), state);
        } catch (Throwable e) {
            throw Downcalls.impossible(e);
        }
    }

    /// @param length in: the room of `value`; out: what was written
    public static int getsockopt(
            MemorySegment state, int fd, int level, int name, MemorySegment value, MemorySegment length) {
        try {
            return Downcalls.checked((int) GETSOCKOPT.invokeExact(state, fd, level, name, value, length), state);
        } catch (Throwable e) {
            throw Downcalls.impossible(e);
        }
    }

    public static int shutdown(MemorySegment state, int fd, int how) {
        try {
            return Downcalls.checked((int) SHUTDOWN.invokeExact(state, fd, how), state);
        } catch (Throwable e) {
            throw Downcalls.impossible(e);
        }
    }

    /// Without its own time-out, whose meaning is a known trap (checked only after a datagram came: recvmmsg(2), BUGS).
    public static int recvmmsg(MemorySegment state, int fd, MemorySegment messages, int count, int flags) {
        try {
            return Downcalls.checked(
                    (int) RECVMMSG.invokeExact(state, fd, messages, count, flags, MemorySegment.NULL), state);
        } catch (Throwable e) {
            throw Downcalls.impossible(e);
        }
    }

    /// Like [#recvmmsg] without the reason of a failure: -1 says only that nothing was received.
    public static int tryRecvmmsg(int fd, MemorySegment messages, int count, int flags) {
        try {
            return (int) TRY_RECVMMSG.invokeExact(fd, messages, count, flags, MemorySegment.NULL);
        } catch (Throwable e) {
            throw Downcalls.impossible(e);
        }
    }

    /// Like [#sendmmsg] without the reason of a failure: -1 says only that nothing was sent.
    public static int trySendmmsg(int fd, MemorySegment messages, int count, int flags) {
        try {
            return (int) TRY_SENDMMSG.invokeExact(fd, messages, count, flags);
        } catch (Throwable e) {
            throw Downcalls.impossible(e);
        }
    }

    public static int sendmmsg(MemorySegment state, int fd, MemorySegment messages, int count, int flags) {
        try {
            return Downcalls.checked((int) SENDMMSG.invokeExact(state, fd, messages, count, flags), state);
        } catch (Throwable e) {
            throw Downcalls.impossible(e);
        }
    }

    public static int recv(MemorySegment state, int fd, MemorySegment buffer, int flags) {
        try {
            return Downcalls.checked((int) RECV.invokeExact(state, fd, buffer, buffer.byteSize(), flags), state);
        } catch (Throwable e) {
            throw Downcalls.impossible(e);
        }
    }

    public static int send(MemorySegment state, int fd, MemorySegment buffer, int flags) {
        try {
            return Downcalls.checked((int) SEND.invokeExact(state, fd, buffer, buffer.byteSize(), flags), state);
        } catch (Throwable e) {
            throw Downcalls.impossible(e);
        }
    }

    /// @param timex a `struct timex`; read and written
    public static int clockAdjtime(MemorySegment state, int clock, MemorySegment timex) {
        try {
            return Downcalls.checked((int) CLOCK_ADJTIME.invokeExact(state, clock, timex), state);
        } catch (Throwable e) {
            throw Downcalls.impossible(e);
        }
    }

    /// Has no error to report for a clock that exists.
    ///
    /// @param timespec two longs: seconds, nanoseconds
    public static void clockGettime(int clock, MemorySegment timespec) {
        try {
            int ignored = (int) CLOCK_GETTIME.invokeExact(clock, timespec);
        } catch (Throwable e) {
            throw Downcalls.impossible(e);
        }
    }
}
