package org.ekicho.host.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// How functions of the C library are called. To make a handle costs milliseconds, so that a class holds those that
/// are wanted together.
final class Downcalls {
    static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private Downcalls() {}

    /// The handle of a function whose result is a C `int` (or a `ssize_t` that fits one).
    static MethodHandle bind(String name, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(JAVA_INT, arguments),
                Linker.Option.captureCallState("errno"));
    }

    /// The handle of such a function whose error code is not wanted.
    static MethodHandle plain(String name, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), FunctionDescriptor.of(JAVA_INT, arguments));
    }

    /// Memory for the error code of one caller's calls.
    static MemorySegment errorState(Arena arena) {
        return arena.allocate(STATE);
    }

    static int checked(int result, MemorySegment state) {
        return result >= 0 ? result : -(int) ERRNO.get(state, 0L);
    }

    /// A downcall throws nothing but what a wrong use of memory throws.
    static RuntimeException impossible(Throwable e) {
        return switch (e) {
            case RuntimeException wrong -> wrong;
            case Error broken -> throw broken;
            default -> new IllegalStateException("a native call threw", e);
        };
    }
}
