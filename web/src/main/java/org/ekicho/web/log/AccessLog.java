package org.ekicho.web.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The access log: pens hand over blocks of lines, one thread ([#run]) appends them to the file. A request never
/// waits for the disk: when the writer cannot keep up, or the disk is full, lines are lost and counted.
///
/// The file is opened anew after [#reopen], as logrotate wants it, and moved to `access.log.1` … by itself when
/// it has grown to the limit.
public final class AccessLog {
    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);

    /// A file of some half a million requests; grep and a pager still take it easily.
    static final long DEFAULT_MAX_BYTES = 100L << 20;
    /// Files kept beside the current one: weeks of a site of hundreds of clients.
    static final int KEPT_FILES = 9;
    /// Blocks that wait at most: 16 MB, some seconds of the fastest loop at the slowest disk.
    private static final int MAX_WAITING = 64;
    /// How often a lasting failure is told.
    private static final long TELL_NANOS = 60_000_000_000L;
    private static final long WAIT_MILLIS = 500;

    private final Path file;
    private final long maxBytes;
    private final BlockingQueue<LogBlock> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final BlockingQueue<LogBlock> free = new ArrayBlockingQueue<>(MAX_WAITING);
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong written = new AtomicLong();
    private volatile boolean reopen;
    private volatile boolean stopped;
    private @Nullable FileChannel channel;
    private long size;
    private long toldNanos = System.nanoTime() - TELL_NANOS;

    public AccessLog(Path file) {
        this(file, DEFAULT_MAX_BYTES);
    }

    /// @param maxBytes size at which the file is moved aside
    public AccessLog(Path file, long maxBytes) {
        this.file = file;
        this.maxBytes = maxBytes;
    }

    /// Opens the file, so that a wrong path is told at start.
    ///
    /// @throws IOException the message says which file
    public void open() throws IOException {
        channel();
    }

    public Path file() {
        return file;
    }

    /// A pen for one event loop.
    public LogPen pen() {
        return new LogPen(this);
    }

    /// Lines that were not written.
    public long lost() {
        return lost.get();
    }

    /// Lines that were.
    public long written() {
        return written.get();
    }

    /// Opens the file anew before the next line: it was moved away.
    public void reopen() {
        reopen = true;
    }

    LogBlock freshBlock() {
        LogBlock block = free.poll();
        return block == null ? new LogBlock() : block;
    }

    /// Takes a block to be written, and gives another; the same, emptied, when too many wait.
    LogBlock handOver(LogBlock block) {
        if (waiting.offer(block)) {
            return freshBlock();
        }
        lost.addAndGet(block.lines());
        block.clear();
        return block;
    }

    /// Writes until [#stop], which may have come before; then what is still waiting.
    public void run() throws InterruptedException {
        try {
            while (!stopped || !waiting.isEmpty()) {
                LogBlock block = waiting.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
                if (block != null) {
                    write(block);
                    block.clear();
                    // Not kept when there are enough.
                    boolean kept = free.offer(block);
                    LOG.trace("a block of the access log is {}", kept ? "kept" : "let go");
                }
            }
        } finally {
            close();
        }
    }

    /// Ends [#run], for good.
    public void stop() {
        stopped = true;
    }

    private void write(LogBlock block) {
        try {
            if (reopen) {
                reopen = false;
                close();
            }
            FileChannel to = channel();
            ByteBuffer content = block.content();
            size += content.remaining();
            while (content.hasRemaining()) {
                to.write(content);
            }
            written.addAndGet(block.lines());
            if (size >= maxBytes) {
                close();
                rotate();
            }
        } catch (IOException e) {
            lost.addAndGet(block.lines());
            close();
            long now = System.nanoTime();
            if (now - toldNanos >= TELL_NANOS) {
                toldNanos = now;
                LOG.error("cannot write the access log, lines are lost ({} so far): {}", lost.get(), e.toString());
            }
        }
    }

    private FileChannel channel() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            try {
                Path folder = file.toAbsolutePath().getParent();
                if (folder != null) {
                    Files.createDirectories(folder);
                }
                open = FileChannel.open(
                        file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new IOException(
                        "cannot write the access log " + file + " (" + e
                                + "); give the folder to this user, or name another file in access-log",
                        e);
            }
            channel = open;
            size = open.size();
        }
        return open;
    }

    private void rotate() throws IOException {
        for (int number = KEPT_FILES; number > 0; number--) {
            Path from = number == 1 ? file : numbered(number - 1);
            if (Files.exists(from)) {
                Files.move(from, numbered(number), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Path numbered(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    private void close() {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                LOG.warn("closing the access log: {}", e.toString());
            }
        }
    }
}
