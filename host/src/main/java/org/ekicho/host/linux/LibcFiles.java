package org.ekicho.host.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The C library's functions about files, called as those of [Libc]: apart from them, because a short command wants
/// these alone.
public final class LibcFiles {
    private static final MethodHandle CLOSE = Downcalls.bind("close", JAVA_INT);
    private static final MethodHandle OPEN = Downcalls.LINKER.downcallHandle(
            Downcalls.LINKER.defaultLookup().findOrThrow("open"),
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
            Linker.Option.firstVariadicArg(2),
            Linker.Option.captureCallState("errno"));
    private static final MethodHandle FLOCK = Downcalls.bind("flock", JAVA_INT, JAVA_INT);

    private LibcFiles() {}

    /// Wanted by those who publish only.
    private static final class Syncing {
        static final MethodHandle SYNCFS = Downcalls.bind("syncfs", JAVA_INT);
    }

    /// Memory for the error code of one caller's calls.
    public static MemorySegment errorState(Arena arena) {
        return Downcalls.errorState(arena);
    }

    public static int close(MemorySegment state, int fd) {
        try {
            return Downcalls.checked((int) CLOSE.invokeExact(state, fd), state);
        } catch (Throwable e) {
            throw Downcalls.impossible(e);
        }
    }

    /// Opens what is there.
    ///
    /// @param path ends with a zero byte
    public static int open(MemorySegment state, MemorySegment path, int flags) {
        try {
            return Downcalls.checked((int) OPEN.invokeExact(state, path, flags, 0), state);
        } catch (Throwable e) {
            throw Downcalls.impossible(e);
        }
    }

    /// Opens a file, or makes it with this mode when the flags say so.
    ///
    /// @param path ends with a zero byte
    public static int open(MemorySegment state, MemorySegment path, int flags, int mode) {
        try {
            return Downcalls.checked((int) OPEN.invokeExact(state, path, flags, mode), state);
        } catch (Throwable e) {
            throw Downcalls.impossible(e);
        }
    }

    /// Locks the open file, not the process: two openings in one process exclude each other as well, and to close
    /// another one of the same file frees nothing, as it would with the locks of POSIX.
    public static int flock(MemorySegment state, int fd, int operation) {
        try {
            return Downcalls.checked((int) FLOCK.invokeExact(state, fd, operation), state);
        } catch (Throwable e) {
            throw Downcalls.impossible(e);
        }
    }

    /// Brings everything of the file system to the disk that was written before.
    public static int syncfs(MemorySegment state, int fd) {
        try {
            return Downcalls.checked((int) Syncing.SYNCFS.invokeExact(state, fd), state);
        } catch (Throwable e) {
            throw Downcalls.impossible(e);
        }
    }
}
