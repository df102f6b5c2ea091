package org.ekicho.host.files;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.ekicho.host.linux.Errno;
import org.ekicho.host.linux.LibcFiles;
import org.ekicho.host.linux.SystemCallException;

/// A lock on a file by `flock(2)`, held by this object until it is closed; the kernel frees it when the process ends in
/// any way. It excludes other processes and others in this one alike (Java's `FileLock` belongs to the process, and is
/// lost when anybody in it closes the same file).
public final class FileLatch implements AutoCloseable {
    /// Who else may hold it at the same time.
    public enum Sharing {
        /// Nobody.
        ALONE,
        /// Others who share it.
        SHARED
    }

    private static final int O_RDWR_CREAT_CLOEXEC = 2 | 0x40 | 0x80000;
    private static final int MODE = 0644;
    private static final int LOCK_SH = 1;
    private static final int LOCK_EX = 2;
    private static final int LOCK_NB = 4;
    private static final int CLOSED = -1;

    private final AtomicInteger fd;

    private FileLatch(int fd) {
        this.fd = new AtomicInteger(fd);
    }

    /// Takes the lock; empty when somebody has it. Makes the file when it is not there; never delete it, or two will
    /// hold locks on two files of one name.
    public static Optional<FileLatch> tryLock(Path file, Sharing sharing) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = LibcFiles.errorState(arena);
            MemorySegment path = arena.allocateFrom(file.toAbsolutePath().toString());
            int opened = LibcFiles.open(state, path, O_RDWR_CREAT_CLOEXEC, MODE);
            if (opened < 0) {
                throw new SystemCallException("open " + file, -opened, "");
            }
            int result;
            do {
                result = LibcFiles.flock(state, opened, (sharing == Sharing.ALONE ? LOCK_EX : LOCK_SH) | LOCK_NB);
            } while (result == -Errno.EINTR);
            if (result == 0) {
                return Optional.of(new FileLatch(opened));
            }
            LibcFiles.close(state, opened);
            if (result == -Errno.EAGAIN) {
                return Optional.empty();
            }
            throw new SystemCallException("flock of " + file, -result, "");
        }
    }

    /// Frees the lock; a second time does nothing.
    @Override
    public void close() {
        int open = fd.getAndSet(CLOSED);
        if (open != CLOSED) {
            try (Arena arena = Arena.ofConfined()) {
                LibcFiles.close(LibcFiles.errorState(arena), open);
            }
        }
    }
}
