package org.ekicho.host.download;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// A number of bytes per second that all downloads share (a token bucket that holds a quarter of a second). Whoever
/// took
/// bytes waits until they have been earned.
public final class Bandwidth {
    /// How much unused rate may be made up for: long enough for smooth transfers, short enough that a router's queue
    /// does not notice.
    private static final long DEPTH_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final OptionalLong bytesPerSecond;
    private final ReentrantLock lock = new ReentrantLock();
    /// When the bytes taken so far have been earned.
    private long paidUntilNanos = System.nanoTime();

    private Bandwidth(OptionalLong bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /// @param bytesPerSecond at least 1; empty: unlimited
    public static Bandwidth of(OptionalLong bytesPerSecond) {
        return new Bandwidth(bytesPerSecond);
    }

    public static Bandwidth unlimited() {
        return new Bandwidth(OptionalLong.empty());
    }

    /// Takes bytes that have come, and waits for their time to be over.
    ///
    /// @return nanoseconds waited
    long take(long bytes) {
        if (bytesPerSecond.isEmpty() || bytes == 0) {
            return 0;
        }
        long before = System.nanoTime();
        long until = reserve(bytes, before);
        long rest = until - before;
        while (rest > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(rest);
            rest = until - System.nanoTime();
        }
        return System.nanoTime() - before;
    }

    private long reserve(long bytes, long now) {
        double cost = bytes * 1e9 / bytesPerSecond.orElseThrow();
        lock.lock();
        try {
            paidUntilNanos = Math.max(paidUntilNanos, now - DEPTH_NANOS) + (long) cost;
            return paidUntilNanos;
        } finally {
            lock.unlock();
        }
    }
}
