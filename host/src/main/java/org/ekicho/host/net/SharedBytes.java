package org.ekicho.host.net;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Content that several senders send from at once without copying it: a file that the kernel maps, so that its
/// pages are those of the page cache, or bytes in memory. When a mapped file is cut meanwhile, sending fails
/// with EFAULT; nothing else happens.
public final class SharedBytes implements AutoCloseable {
    private final Arena arena;
    private final MemorySegment bytes;

    private SharedBytes(Arena arena, MemorySegment bytes) {
        this.arena = arena;
        this.bytes = bytes;
    }

    /// Maps a whole file.
    public static SharedBytes map(Path file) throws IOException {
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new SharedBytes(arena, channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /// Copies an array.
    public static SharedBytes of(byte[] content) {
        Arena arena = Arena.ofShared();
        return new SharedBytes(arena, arena.allocateFrom(ValueLayout.JAVA_BYTE, content));
    }

    public long size() {
        return bytes.byteSize();
    }

    MemorySegment bytes() {
        return bytes;
    }

    /// Nobody may be sending from it any more.
    @Override
    public void close() {
        arena.close();
    }
}
