package org.ekicho.host.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The C library's functions that Ekicho calls. Each returns what C returns, or the negated error code where C says
/// -1 and sets `errno` (as the kernel itself does), so that one `int` tells all and nothing is allocated.
///
/// The first argument of each is a piece of memory from [#errorState] into which `errno` is saved at once; it belongs
/// to one thread at a time.
public final class Libc {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle SOCKET = bind("socket", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle BIND = bind("bind", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle CONNECT = bind("connect", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle GETSOCKNAME = bind("getsockname", JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle SETSOCKOPT = bind("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle GETSOCKOPT = bind("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle SHUTDOWN = bind("shutdown", JAVA_INT, JAVA_INT);
    private static final MethodHandle CLOSE = bind("close", JAVA_INT);
    private static final MethodHandle RECVMMSG = bind("recvmmsg", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle SENDMMSG = bind("sendmmsg", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    /// The same two without saving `errno`. Saving it makes an object for each call unless the compiler is in a good
    /// mood
    /// (`SharedUtils.checkCaptureSegment` of JDK 25 makes a slice), and these are called for every batch.
    private static final MethodHandle TRY_RECVMMSG = plain("recvmmsg", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);

    private static final MethodHandle TRY_SENDMMSG = plain("sendmmsg", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle RECV = bind("recv", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle SEND = bind("send", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle OPEN = bind("open", ADDRESS, JAVA_INT);
    private static final MethodHandle OPEN_MAKING = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("open"),
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
            Linker.Option.firstVariadicArg(2),
            Linker.Option.captureCallState("errno"));
    private static final MethodHandle FLOCK = bind("flock", JAVA_INT, JAVA_INT);
    private static final MethodHandle SYNCFS = bind("syncfs", JAVA_INT);
    private static final MethodHandle CLOCK_ADJTIME = bind("clock_adjtime", JAVA_INT, ADDRESS);
    /// Never blocks and is called for every packet: without the thread's change of state it takes a fraction of the
    /// time.
    private static final MethodHandle CLOCK_GETTIME = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("clock_gettime"),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS),
            Linker.Option.critical(false));

    private Libc() {}

    /// The handle of a function whose result is a C `int` (or a `ssize_t` that fits one).
    private static MethodHandle bind(String name, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(JAVA_INT, arguments),
                Linker.Option.captureCallState("errno"));
    }

    /// The handle of such a function whose error code is not wanted.
    private static MethodHandle plain(String name, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), FunctionDescriptor.of(JAVA_INT, arguments));
    }

    /// Memory for the error code of one caller's calls.
    public static MemorySegment errorState(Arena arena) {
        return arena.allocate(STATE);
    }

    public static int socket(MemorySegment state, int family, int type, int protocol) {
        try {
            return checked((int) SOCKET.invokeExact(state, family, type, protocol), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    public static int bind(MemorySegment state, int fd, MemorySegment address, int length) {
        try {
            return checked((int) BIND.invokeExact(state, fd, address, length), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    public static int connect(MemorySegment state, int fd, MemorySegment address, int length) {
        try {
            return checked((int) CONNECT.invokeExact(state, fd, address, length), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// @param length in: the room of `address`; out: what was written
    public static int getsockname(MemorySegment state, int fd, MemorySegment address, MemorySegment length) {
        try {
            return checked((int) GETSOCKNAME.invokeExact(state, fd, address, length), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    public static int setsockopt(MemorySegment state, int fd, int level, int name, MemorySegment value) {
        try {
            return checked((int) SETSOCKOPT.invokeExact(state, fd, level, name, value, (int) value.byteSize()), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// @param length in: the room of `value`; out: what was written
    public static int getsockopt(
            MemorySegment state, int fd, int level, int name, MemorySegment value, MemorySegment length) {
        try {
            return checked((int) GETSOCKOPT.invokeExact(state, fd, level, name, value, length), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    public static int shutdown(MemorySegment state, int fd, int how) {
        try {
            return checked((int) SHUTDOWN.invokeExact(state, fd, how), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    public static int close(MemorySegment state, int fd) {
        try {
            return checked((int) CLOSE.invokeExact(state, fd), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// Without its own time-out, whose meaning is a known trap (checked only after a datagram came: recvmmsg(2), BUGS).
    public static int recvmmsg(MemorySegment state, int fd, MemorySegment messages, int count, int flags) {
        try {
            return checked((int) RECVMMSG.invokeExact(state, fd, messages, count, flags, MemorySegment.NULL), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// Like [#recvmmsg] without the reason of a failure: -1 says only that nothing was received.
    public static int tryRecvmmsg(int fd, MemorySegment messages, int count, int flags) {
        try {
            return (int) TRY_RECVMMSG.invokeExact(fd, messages, count, flags, MemorySegment.NULL);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// Like [#sendmmsg] without the reason of a failure: -1 says only that nothing was sent.
    public static int trySendmmsg(int fd, MemorySegment messages, int count, int flags) {
        try {
            return (int) TRY_SENDMMSG.invokeExact(fd, messages, count, flags);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    public static int sendmmsg(MemorySegment state, int fd, MemorySegment messages, int count, int flags) {
        try {
            return checked((int) SENDMMSG.invokeExact(state, fd, messages, count, flags), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    public static int recv(MemorySegment state, int fd, MemorySegment buffer, int flags) {
        try {
            return checked((int) RECV.invokeExact(state, fd, buffer, buffer.byteSize(), flags), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    public static int send(MemorySegment state, int fd, MemorySegment buffer, int flags) {
        try {
            return checked((int) SEND.invokeExact(state, fd, buffer, buffer.byteSize(), flags), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// Opens what is there.
    ///
    /// @param path ends with a zero byte
    public static int open(MemorySegment state, MemorySegment path, int flags) {
        try {
            return checked((int) OPEN.invokeExact(state, path, flags), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// Opens a file, or makes it with this mode when the flags say so.
    ///
    /// @param path ends with a zero byte
    public static int open(MemorySegment state, MemorySegment path, int flags, int mode) {
        try {
            return checked((int) OPEN_MAKING.invokeExact(state, path, flags, mode), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// Locks the open file, not the process: two openings in one process exclude each other as well, and to close
    /// another one of the same file frees nothing, as it would with the locks of POSIX.
    public static int flock(MemorySegment state, int fd, int operation) {
        try {
            return checked((int) FLOCK.invokeExact(state, fd, operation), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// Brings everything of the file system to the disk that was written before.
    public static int syncfs(MemorySegment state, int fd) {
        try {
            return checked((int) SYNCFS.invokeExact(state, fd), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// @param timex a `struct timex`; read and written
    public static int clockAdjtime(MemorySegment state, int clock, MemorySegment timex) {
        try {
            return checked((int) CLOCK_ADJTIME.invokeExact(state, clock, timex), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// Has no error to report for a clock that exists.
    ///
    /// @param timespec two longs: seconds, nanoseconds
    public static void clockGettime(int clock, MemorySegment timespec) {
        try {
            int ignored = (int) CLOCK_GETTIME.invokeExact(clock, timespec);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    private static int checked(int result, MemorySegment state) {
        return result >= 0 ? result : -(int) ERRNO.get(state, 0L);
    }

    /// A downcall throws nothing but what a wrong use of memory throws.
    private static RuntimeException impossible(Throwable e) {
        return switch (e) {
            case RuntimeException wrong -> wrong;
            case Error broken -> throw broken;
            default -> new IllegalStateException("a native call threw", e);
        };
    }
}
