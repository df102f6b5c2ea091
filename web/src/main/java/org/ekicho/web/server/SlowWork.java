package org.ekicho.web.server;

import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Work that waits for the disk, done beside the event loops by a few threads, with room for so much of it at once.
/// What comes beyond is refused at once: a queue without an end would keep every client waiting instead of some.
final class SlowWork {

    private final WorkerExecutor threads;
    private final int room;
    private final AtomicInteger taken = new AtomicInteger();

    /// @param room how much may be at work or waiting, of all event loops together
    SlowWork(WorkerExecutor threads, int room) {
        this.threads = threads;
        this.room = room;
    }

    /// Works on a thread that may wait, then goes on where it was called.
    ///
    /// @param otherwise is given what the work threw, or a [RejectedExecutionException] when there is no room
    <T> void run(Callable<T> work, Consumer<T> then, Consumer<Throwable> otherwise) {
        if (taken.incrementAndGet() > room) {
            taken.decrementAndGet();
            otherwise.accept(new RejectedExecutionException("no room"));
            return;
        }
        threads.executeBlocking(work, false).onComplete(result -> {
            taken.decrementAndGet();
            try {
                if (result.succeeded()) {
                    then.accept(result.result());
                } else {
                    otherwise.accept(result.cause());
                }
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                otherwise.accept(e);
            }
        });
    }
}
