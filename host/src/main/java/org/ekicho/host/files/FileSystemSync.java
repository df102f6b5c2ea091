package org.ekicho.host.files;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.ekicho.host.linux.LibcFiles;
import org.ekicho.host.linux.SystemCallException;

/// Brings a whole file system to the disk by one call. Thousands of new files cost one wait for the disk instead of
/// thousands; in return, what others have written there is waited for as well.
public final class FileSystemSync {
    private static final int O_RDONLY_DIRECTORY_CLOEXEC = 0x10000 | 0x80000;

    private FileSystemSync() {}

    /// @param folder any folder of the file system
    /// @throws IOException also when earlier writes could not be brought to the disk (Linux 5.8 and later say so)
    public static void sync(Path folder) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = LibcFiles.errorState(arena);
            MemorySegment path = arena.allocateFrom(folder.toAbsolutePath().toString());
            int fd = LibcFiles.open(state, path, O_RDONLY_DIRECTORY_CLOEXEC);
            if (fd < 0) {
                throw new SystemCallException("open " + folder, -fd, "");
            }
            try {
                int result = LibcFiles.syncfs(state, fd);
                if (result < 0) {
                    throw new SystemCallException(
                            "syncfs of " + folder, -result, "look for errors of the disk (dmesg)");
                }
            } finally {
                LibcFiles.close(state, fd);
            }
        }
    }
}
