package org.ekicho.daemon.mirror;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.ekicho.daemon.mirror.folder.Garbage;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.daemon.supervision.Supervisor;
import org.ekicho.mirror.settings.MirrorSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the mirror does by itself: syncs as often as the settings say, collects garbage each night.
final class MirrorChores implements Supervisor.Job {
    private static final Logger LOG = LoggerFactory.getLogger(MirrorChores.class);
    /// When garbage is collected, local time: after the backups of midnight, before anybody works.
    private static final LocalTime NIGHT = LocalTime.of(3, 40);
    /// How often it looks whether something is due.
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);
    /// How long the nightly collection waits for a sync that is at work.
    private static final Duration COLLECTION_WAITS = Duration.ofHours(1);
    /// How long a sync that was told to end may take: the fsync of what it has.
    private static final Duration STOP_WAITS = Duration.ofSeconds(10);

    private final MirrorFolder folder;
    private final MirrorSettings settings;
    private final BackgroundSync sync;
    private final InstantSource clock;
    private final Duration lookEvery;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final AtomicReference<@Nullable Thread> worker = new AtomicReference<>();

    MirrorChores(MirrorFolder folder, MirrorSettings settings, BackgroundSync sync) {
        this(folder, settings, sync, InstantSource.system(), LOOK_EVERY);
    }

    /// @param lookEvery how often it looks whether something is to be done
    MirrorChores(
            MirrorFolder folder,
            MirrorSettings settings,
            BackgroundSync sync,
            InstantSource clock,
            Duration lookEvery) {
        this.clock = clock;
        this.lookEvery = lookEvery;
        this.folder = folder;
        this.settings = settings;
        this.sync = sync;
    }

    @Override
    public void run() throws InterruptedException {
        worker.set(Thread.currentThread());
        try {
            work();
        } catch (InterruptedException e) {
            if (stopping.getCount() > 0) {
                throw e;
            }
        } finally {
            worker.set(null);
        }
    }

    private void work() throws InterruptedException {
        long syncAt = System.nanoTime();
        Instant collectAt = nextNight(now());
        while (!stopping.await(lookEvery.toMillis(), TimeUnit.MILLISECONDS)) {
            if (settings.syncEvery().isPresent() && System.nanoTime() - syncAt >= 0) {
                syncAt = System.nanoTime() + settings.syncEvery().get().toNanos();
                syncAll();
            }
            if (!clock.instant().isBefore(collectAt)) {
                collectAt = nextNight(now());
                collect();
            }
        }
    }

    private ZonedDateTime now() {
        return clock.instant().atZone(ZoneId.systemDefault());
    }

    private static Instant nextNight(ZonedDateTime now) {
        ZonedDateTime tonight = now.with(NIGHT);
        return (tonight.isAfter(now) ? tonight : tonight.plusDays(1)).toInstant();
    }

    private void syncAll() throws InterruptedException {
        try {
            for (BackgroundSync.LastSync run : sync.run(folder)) {
                switch (run.verdict()) {
                    case GOOD -> LOG.info("{}: {}", run.repo(), run.sentence());
                    case FAILED -> LOG.error("{}: {}", run.repo(), run.sentence());
                }
            }
            new ClientSide(folder, settings).refresh().forEach(LOG::warn);
        } catch (IOException e) {
            LOG.error("cannot sync: {}", e.getMessage());
        }
    }

    private void collect() {
        try {
            Garbage garbage = folder.collector().collect(Set.of(), clock.instant(), COLLECTION_WAITS);
            if (!garbage.isEmpty()) {
                LOG.info("freed {} bytes in {} contents", garbage.bytes(), garbage.contents());
            }
        } catch (IOException e) {
            LOG.warn("nothing collected tonight: {}", e.getMessage());
        }
    }

    /// Ends what is at work, too: a sync can be broken off at any moment, and the next one goes on where it was.
    @Override
    public void stop() {
        stopping.countDown();
        Thread thread = worker.get();
        if (thread != null) {
            thread.interrupt();
        }
    }

    /// Waits after [#stop] until nothing is at work any more, some seconds at most.
    ///
    /// @return whether nothing is
    boolean awaitEnd() {
        Thread thread = worker.get();
        try {
            return thread == null || thread.join(STOP_WAITS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
