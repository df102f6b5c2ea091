package org.ekicho.daemon.mirror.index;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.ekicho.daemon.mirror.folder.LockedException;

/// One run at a time for a repository. The kernel frees the lock when the process ends in any way, SIGKILL
/// included; the file stays and means nothing by itself.
final class IndexLock implements Closeable {
    private final FileChannel channel;

    private IndexLock(FileChannel channel) {
        this.channel = channel;
    }

    /// @throws LockedException when another run has it
    static IndexLock take(Path file, Instant now) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw locked(file);
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw locked(file);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.truncate(0);
        String holder = "process " + ProcessHandle.current().pid() + " since " + now;
        channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)));
        return new IndexLock(channel);
    }

    private static LockedException locked(Path file) throws IOException {
        String holder = Files.readString(file).strip();
        return new LockedException(file.resolveSibling("..").normalize() + " is being indexed by "
                + (holder.isEmpty() ? "another run" : holder) + "; wait for it to end");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
