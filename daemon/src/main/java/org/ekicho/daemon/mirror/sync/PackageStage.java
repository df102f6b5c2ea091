package org.ekicho.daemon.mirror.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.ekicho.daemon.mirror.folder.ContentStore;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.signature.PackageVerifier;
import org.ekicho.mirror.signature.SignatureResult;
import org.ekicho.mirror.snapshot.SnapshotFile;
import org.ekicho.mirror.sync.SyncPlan;
import org.jspecify.annotations.Nullable;

/// Brings the packages and tree files of a plan into the store, several at once. What is wrong with one does not stop
/// the
/// others, so that the report names every bad file, and the next run finds the good ones in the store.
final class PackageStage {
    private final Mirrors mirrors;
    private final ContentStore store;
    private final KnownFile known;
    private final Optional<PackageVerifier> verifier;
    private final SignedContents signed;
    private final SyncProgress progress;
    private final Map<String, ReentrantLock> parts = new ConcurrentHashMap<>();
    private final Map<String, SnapshotFile> files = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<SyncReport.BadFile> bad = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable IOException> broken = new AtomicReference<>();

    PackageStage(
            Mirrors mirrors,
            ContentStore store,
            KnownFile known,
            Optional<PackageVerifier> verifier,
            SignedContents signed,
            SyncProgress progress) {
        this.mirrors = mirrors;
        this.store = store;
        this.known = known;
        this.verifier = verifier;
        this.signed = signed;
        this.progress = progress;
    }

    /// Fetches all; then every file is in [#files] or in [#bad].
    ///
    /// @throws IOException when something cannot be written: then nothing more is fetched
    void run(SyncPlan plan, int parallel, Instant now) throws IOException {
        Queue queue = new Queue(plan);
        List<Thread> workers = new ArrayList<>();
        int count = Math.clamp(plan.fetches().size() + (long) plan.links().size(), 1, parallel);
        for (int i = 0; i < count; i++) {
            int number = i;
            workers.add(Thread.ofVirtual().name("download-" + (i + 1)).start(() -> work(queue, number, now)));
        }
        boolean interrupted = false;
        for (Thread worker : workers) {
            while (true) {
                try {
                    worker.join();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                    broken.compareAndSet(null, new IOException("the run was told to stop"));
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        IOException failure = broken.get();
        if (failure != null) {
            throw failure;
        }
    }

    List<SnapshotFile> files() {
        return List.copyOf(files.values());
    }

    List<SyncReport.BadFile> bad() {
        return bad.stream()
                .sorted(java.util.Comparator.comparing(SyncReport.BadFile::path))
                .toList();
    }

    private void work(Queue queue, int number, Instant now) {
        try {
            for (Task task = queue.next(); task != null && broken.get() == null; task = queue.next()) {
                task.run(this, number, now);
            }
        } catch (IOException e) {
            broken.compareAndSet(null, e);
        } catch (RuntimeException | Error e) {
            broken.compareAndSet(null, new IOException("a download worker failed: " + e, e));
        }
    }

    /// The same content may lie at several places: whoever comes second finds it in the store.
    private void fetch(SyncPlan.Fetch fetch, int number, Instant now) throws IOException {
        Wanted wanted = new Wanted(fetch.path(), fetch.checksum(), fetch.size(), Wanted.MAX_FILE_BYTES);
        ReentrantLock part = parts.computeIfAbsent(wanted.partName(), name -> new ReentrantLock());
        part.lock();
        try {
            Optional<String> there = fetch.checksum().flatMap(known::sha256);
            if (there.isPresent()) {
                long size = fetch.size().orElse(0);
                link(new SyncPlan.Link(
                        fetch.path(), fetch.kind(), fetch.name(), there.get(), size, fetch.mtimeSeconds()));
            } else {
                fetch(fetch, wanted, number, now);
            }
        } finally {
            part.unlock();
        }
        progress.fetched();
    }

    private void fetch(SyncPlan.Fetch fetch, Wanted wanted, int number, Instant now) throws IOException {
        switch (mirrors.fetch(wanted, number)) {
            case Mirrors.Got.Nothing(MirrorReason reason, String detail) -> {
                boolean missing =
                        reason == MirrorReason.NO_MIRROR_HAS_IT || reason == MirrorReason.NOT_WHAT_IT_SHOULD_BE;
                if (fetch.need() == SyncPlan.Need.REQUIRED || !missing) {
                    bad.add(new SyncReport.BadFile(fetch.path().text(), reason, detail));
                }
            }
            case Mirrors.Got.File file -> {
                if (isTrusted(fetch.kind(), fetch.path().text(), file.file(), file.size(), file.sha256())) {
                    store.take(file.file(), file.sha256());
                    fetch.checksum().ifPresent(sum -> known.learn(sum, file.sha256()));
                    long mtime = fetch.mtimeSeconds() > 0
                            ? fetch.mtimeSeconds()
                            : file.lastModified().orElse(now).getEpochSecond();
                    add(fetch.path().text(), file.sha256(), file.size(), mtime, fetch.kind());
                } else {
                    Files.deleteIfExists(file.file());
                }
            }
        }
    }

    /// What is in the store already may have come when nothing had to be signed.
    private void link(SyncPlan.Link link) throws IOException {
        Path content = store.path(link.sha256());
        long size = Files.size(content);
        if (link.kind() == SnapshotFile.Kind.PACKAGE && link.size() != size) {
            bad.add(new SyncReport.BadFile(
                    link.path().text(),
                    MirrorReason.WRONG_SIZE,
                    "the metadata says " + link.size() + " bytes; the content of its checksum has " + size));
        } else if (isTrusted(link.kind(), link.path().text(), content, size, link.sha256())) {
            add(link.path().text(), link.sha256(), size, link.mtimeSeconds(), link.kind());
        }
    }

    private boolean isTrusted(SnapshotFile.Kind kind, String path, Path file, long size, String sha256)
            throws IOException {
        if (verifier.isEmpty() || kind != SnapshotFile.Kind.PACKAGE || signed.has(sha256)) {
            return true;
        }
        SignatureResult result = verifier.get().verify(() -> Files.newInputStream(file), size);
        if (result.isGood()) {
            signed.add(sha256);
            return true;
        }
        bad.add(new SyncReport.BadFile(path, MirrorReason.BAD_SIGNATURE, "the package " + result.sentence()));
        return false;
    }

    private void add(String path, String sha256, long size, long mtime, SnapshotFile.Kind kind) {
        files.put(path, new SnapshotFile(path, sha256, size, mtime, kind));
    }

    /// One file's work.
    private interface Task {
        void run(PackageStage stage, int number, Instant now) throws IOException;
    }

    /// What is left to do, taken by the workers one by one.
    private static final class Queue {
        private final SyncPlan plan;
        private final AtomicInteger next = new AtomicInteger();

        Queue(SyncPlan plan) {
            this.plan = plan;
        }

        @Nullable
        Task next() {
            int index = next.getAndIncrement();
            int fetches = plan.fetches().size();
            if (index < fetches) {
                SyncPlan.Fetch fetch = plan.fetches().get(index);
                return (stage, number, now) -> stage.fetch(fetch, number, now);
            }
            if (index - fetches < plan.links().size()) {
                SyncPlan.Link link = plan.links().get(index - fetches);
                return (stage, number, now) -> stage.link(link);
            }
            return null;
        }
    }
}
