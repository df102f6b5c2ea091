package org.ekicho.daemon.supervision;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the jobs of the program running: each has a thread of its own; one that fails is logged and started again,
/// after a pause that grows from a second to half a minute while it keeps failing.
public final class Supervisor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final long FIRST_PAUSE_MILLIS = 1_000;
    /// Long enough to be cheap, short enough that a cable put back is noticed before someone walks away.
    private static final long LONGEST_PAUSE_MILLIS = 30_000;
    /// A job that ran this long has recovered: its next failure is a first one.
    private static final long RECOVERED_NANOS = 60_000_000_000L;
    /// How long `close` waits for each job to end.
    private static final long END_MILLIS = 2_000;

    private final List<Worker> workers = new ArrayList<>();
    private final long firstPauseMillis;

    /// Work that goes on until it is told to stop.
    public interface Job {
        /// Works; a normal return means "stopped", an exception "failed: start me again".
        void run() throws Exception;

        /// Makes `run` return soon. Called from another thread.
        void stop();
    }

    /// How a job fares.
    ///
    /// @param restarts    times it was started again
    /// @param lastFailure why it failed last; empty when it never did
    public record JobState(String name, boolean running, long restarts, Optional<String> lastFailure) {}

    public Supervisor() {
        this(FIRST_PAUSE_MILLIS);
    }

    /// @param firstPauseMillis pause before the first restart
    public Supervisor(long firstPauseMillis) {
        this.firstPauseMillis = firstPauseMillis;
    }

    /// Starts `job` on a platform thread of this name.
    public synchronized void start(String name, Job job) {
        Worker worker = new Worker(name, job);
        workers.add(worker);
        worker.thread.start();
    }

    /// Stops one job and forgets it.
    public void stop(Job job) {
        Optional<Worker> found = take(job);
        found.ifPresent(Worker::end);
    }

    private synchronized Optional<Worker> take(Job job) {
        Optional<Worker> found = workers.stream().filter(w -> w.job.equals(job)).findFirst();
        found.ifPresent(workers::remove);
        return found;
    }

    public synchronized List<JobState> states() {
        return workers.stream().map(Worker::state).toList();
    }

    /// Stops all jobs, the newest first.
    @Override
    public void close() {
        List<Worker> ending;
        synchronized (this) {
            ending = List.copyOf(workers).reversed();
            workers.clear();
        }
        ending.forEach(Worker::end);
    }

    /// One job and its thread.
    private final class Worker {
        private final String name;
        private final Job job;
        private final Thread thread;
        private final CountDownLatch stopping = new CountDownLatch(1);
        private volatile boolean running;
        private final AtomicLong restarts = new AtomicLong();
        private volatile Optional<String> lastFailure = Optional.empty();

        Worker(String name, Job job) {
            this.name = name;
            this.job = job;
            this.thread = Thread.ofPlatform().name(name).daemon(true).unstarted(this::work);
        }

        private void work() {
            long pause = firstPauseMillis;
            while (stopping.getCount() > 0) {
                long started = System.nanoTime();
                if (ranToItsEnd()) {
                    return;
                }
                pause = System.nanoTime() - started > RECOVERED_NANOS ? firstPauseMillis : pause;
                LOG.error("{} failed and starts again in {} ms: {}", name, pause, lastFailure.orElse(""));
                if (!pauseBeforeRestart(pause)) {
                    return;
                }
                pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
            }
        }

        /// The one place that catches everything: a failed service must not take the others with it.
        private boolean ranToItsEnd() {
            running = true;
            try {
                job.run();
                return true;
            } catch (Exception | StackOverflowError | OutOfMemoryError | AssertionError e) {
                if (stopping.getCount() == 0) {
                    return true;
                }
                lastFailure = Optional.of(e.toString());
                LOG.debug("{} failed", name, e);
                return false;
            } finally {
                running = false;
            }
        }

        private boolean pauseBeforeRestart(long millis) {
            try {
                if (stopping.await(millis, TimeUnit.MILLISECONDS)) {
                    return false;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
            restarts.incrementAndGet();
            return true;
        }

        void end() {
            stopping.countDown();
            job.stop();
            try {
                thread.join(END_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        JobState state() {
            return new JobState(name, running, restarts.get(), lastFailure);
        }
    }
}
