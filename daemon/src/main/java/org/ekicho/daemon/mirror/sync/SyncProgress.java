package org.ekicho.daemon.mirror.sync;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.ekicho.mirror.sync.SyncPlan;
import org.jspecify.annotations.Nullable;

/// How far a run is, for whoever watches it from another thread.
public final class SyncProgress {
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);
    private final AtomicReference<@Nullable SyncPlan> plan = new AtomicReference<>();
    private final AtomicReference<LongSupplier> received = new AtomicReference<>(() -> 0);
    private final AtomicLong files = new AtomicLong();
    private final AtomicLong totalFiles = new AtomicLong();
    private final AtomicLong totalBytes = new AtomicLong();

    /// What a run is at.
    public enum Phase {
        WAITING("waiting for its turn"),
        METADATA("fetching metadata"),
        PLANNING("planning"),
        FETCHING("fetching packages"),
        REBUILDING("writing metadata"),
        PUBLISHING("publishing"),
        ENDED("done");

        private final String words;

        Phase(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /// One moment of a run.
    ///
    /// @param files         fetched so far
    /// @param totalFiles    to fetch
    /// @param receivedBytes so far, metadata included
    /// @param totalBytes    to fetch
    public record Moment(Phase phase, long files, long totalFiles, long receivedBytes, long totalBytes) {}

    public Moment now() {
        return new Moment(
                phase.get(), files.get(), totalFiles.get(), received.get().getAsLong(), totalBytes.get());
    }

    /// The plan, as soon as it is made.
    public java.util.Optional<SyncPlan> plan() {
        return java.util.Optional.ofNullable(plan.get());
    }

    void enter(Phase next) {
        phase.set(next);
    }

    void counts(LongSupplier bytes) {
        received.set(bytes);
    }

    void planned(SyncPlan made) {
        plan.set(made);
        totalFiles.set(made.fetches().size());
        totalBytes.set(made.totals().fetchBytes());
    }

    void fetched() {
        files.incrementAndGet();
    }
}
