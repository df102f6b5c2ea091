package org.ekicho.daemon.mirror.index;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A metadata file with a thread of its own that compresses it, so that primary, filelists and other are
/// packed at the same time. The queue between is short: who writes faster than the codec packs has to wait.
final class Lane implements Closeable {
    /// What is handed over has about so many bytes at most: smaller ones than needed would make the threads wake each
    /// other for every package.
    static final int MOST_BYTES = 256 << 10;
    /// Batches that may wait.
    private static final int QUEUE = 4;

    /// No batch is empty.
    private static final byte[] END = new byte[0];

    private final MetadataFile file;
    private final BlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(QUEUE);
    private final ByteArrayOutputStream batch = new ByteArrayOutputStream(MOST_BYTES + (64 << 10));
    private final Thread thread;
    private volatile @Nullable Throwable failure;
    private volatile MetadataFile.@Nullable Written written;

    private Lane(String name, MetadataFile file) {
        this.file = file;
        this.thread = Thread.ofPlatform().name("index-" + name).daemon().unstarted(this::loop);
    }

    /// @param name of its thread
    static Lane start(String name, MetadataFile file) {
        Lane lane = new Lane(name, file);
        lane.thread.start();
        return lane;
    }

    void write(byte[] bytes, int offset, int length) {
        batch.write(bytes, offset, length);
    }

    /// Hands over what was written since the last time, as one block, if it has so many bytes.
    ///
    /// @param leastBytes 1 or more
    void cut(int leastBytes) throws IOException {
        if (batch.size() >= leastBytes) {
            hand(batch.toByteArray());
            batch.reset();
        }
    }

    /// Nothing more will be written; the lane goes on by itself.
    void end() throws IOException {
        cut(1);
        hand(END);
    }

    /// Waits for the file to be complete.
    MetadataFile.Written finish() throws IOException {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        MetadataFile.Written done = written;
        if (done == null) {
            throw broken();
        }
        return done;
    }

    private void hand(byte[] bytes) throws IOException {
        try {
            while (!queue.offer(bytes, 1, TimeUnit.SECONDS)) {
                if (!thread.isAlive()) {
                    throw broken();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private IOException broken() {
        Throwable why = failure;
        return new IOException(why == null ? "writing metadata was cut short" : why.getMessage(), why);
    }

    private void loop() {
        try {
            byte[] bytes = queue.take();
            while (bytes.length > 0) {
                file.write(bytes, 0, bytes.length);
                bytes = queue.take();
            }
            written = file.finish();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) { // thrown again by whoever writes
            failure = e;
        }
    }

    /// Gives up what is not finished.
    @Override
    public void close() throws IOException {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        file.close();
    }
}
