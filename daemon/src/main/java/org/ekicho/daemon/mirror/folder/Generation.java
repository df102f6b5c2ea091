package org.ekicho.daemon.mirror.folder;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.ekicho.host.files.FileLatch;

/// The counter that tells servers when to forget what they resolved: odd while a pointer is being replaced, even
/// otherwise. It lies in a file of 8 bytes that servers map into their memory, so that they see a change at once and
/// without a system call. A run that was killed in between leaves it odd: then servers remember nothing until the next
/// run makes it even.
final class Generation {
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final Path file;
    private final Locks locks;

    Generation(Path file, Locks locks) {
        this.file = file;
        this.locks = locks;
    }

    /// What replaces pointers or takes files away.
    @FunctionalInterface
    interface Change {
        void make() throws IOException;
    }

    /// Makes a change of what is served.
    void change(Change change) throws IOException {
        try (FileLatch _ = locks.generation()) {
            MappedByteBuffer counter = map();
            LONG.setVolatile(counter, 0, (long) LONG.getVolatile(counter, 0) | 1);
            try {
                change.make();
            } finally {
                LONG.setVolatile(counter, 0, (long) LONG.getVolatile(counter, 0) + 1);
            }
        }
    }

    /// Makes it even when a run left it odd, or makes the file.
    void repair() throws IOException {
        try (FileLatch _ = locks.generation()) {
            MappedByteBuffer counter = map();
            long value = (long) LONG.getVolatile(counter, 0);
            if ((value & 1) == 1) {
                LONG.setVolatile(counter, 0, value + 1);
            }
        }
    }

    private MappedByteBuffer map() throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES);
        }
    }
}
