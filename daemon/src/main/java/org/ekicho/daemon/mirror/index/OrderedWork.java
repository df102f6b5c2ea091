package org.ekicho.daemon.mirror.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Work on a list by several threads, whose results come back in the order of the list. No more than a window
/// of results waits at any time, so that memory does not grow with the list.
final class OrderedWork<T, R> {
    /// Results that may wait for each worker: enough that one large package holds up nobody.
    static final int WINDOW_PER_WORKER = 16;

    private final List<T> items;
    private final AtomicReferenceArray<@Nullable R> window;
    private final Semaphore free;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Thread consumer = Thread.currentThread();

    private OrderedWork(List<T> items, int workers) {
        this.items = items;
        this.window = new AtomicReferenceArray<>(workers * WINDOW_PER_WORKER);
        this.free = new Semaphore(window.length());
    }

    /// What a worker does with one item; each worker has its own.
    interface Worker<T, R> {
        R work(T item) throws IOException;
    }

    /// Where results go, in order.
    interface Sink<R> {
        void accept(R result) throws IOException;
    }

    /// Runs until every result was accepted.
    ///
    /// @throws IOException of a worker or of the sink; the other workers have ended then
    static <T, R> void run(List<T> items, int workers, Supplier<Worker<T, R>> made, Sink<R> sink) throws IOException {
        OrderedWork<T, R> work = new OrderedWork<>(items, workers);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < Math.min(workers, items.size()); i++) {
            threads.add(Thread.ofPlatform().name("index-" + (i + 1)).daemon().start(() -> work.loop(made)));
        }
        try {
            work.consume(sink);
        } finally {
            work.stop(threads);
        }
    }

    private void loop(Supplier<Worker<T, R>> made) {
        try {
            Worker<T, R> worker = made.get();
            while (true) {
                free.acquire();
                int i = next.getAndIncrement();
                if (i >= items.size()) {
                    return;
                }
                window.set(i % window.length(), worker.work(items.get(i)));
                LockSupport.unpark(consumer);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) { // whatever it is, the consumer must not wait for ever; it throws it again
            failure.compareAndSet(null, e);
            LockSupport.unpark(consumer);
        }
    }

    private void consume(Sink<R> sink) throws IOException {
        for (int i = 0; i < items.size(); i++) {
            sink.accept(await(i % window.length()));
            free.release();
        }
    }

    private R await(int slot) throws IOException {
        while (true) {
            R result = window.getAndSet(slot, null);
            if (result != null) {
                return result;
            }
            rethrow(failure.get());
            if (Thread.interrupted()) {
                throw new IOException("interrupted");
            }
            LockSupport.park(this);
        }
    }

    private static void rethrow(@Nullable Throwable e) throws IOException {
        switch (e) {
            case null -> {}
            case IOException io -> throw new IOException(io.getMessage(), io);
            case UncheckedIOException io -> throw new IOException(io.getMessage(), io);
            case RuntimeException bug -> throw bug;
            case Error grave -> throw grave;
            default -> throw new IllegalStateException(e);
        }
    }

    private void stop(List<Thread> threads) {
        next.set(items.size());
        free.release(threads.size());
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
