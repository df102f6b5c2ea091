package org.ekicho.daemon.mirror.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.ekicho.daemon.mirror.folder.DiskFullException;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.daemon.mirror.folder.RepoLock;
import org.ekicho.host.files.FileLatch;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Refusal;
import org.ekicho.mirror.RefusedException;
import org.ekicho.mirror.bundle.BundleKey;
import org.ekicho.mirror.bundle.BundleManifest;
import org.ekicho.mirror.bundle.SnapshotName;
import org.ekicho.mirror.bundle.VolumeReader;
import org.ekicho.mirror.bundle.VolumeSpec;
import org.ekicho.mirror.snapshot.Snapshot;

/// Takes bundles in: signature, manifest, every volume and every object are checked before anything is published; then
/// every snapshot is published that is complete, also those of bundles that came earlier. What is not complete waits.
public final class BundleImport {
    /// A sync that publishes just now is done by then.
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final BundleDesk desk;
    private final MirrorFolder folder;
    private final WaitingRoom room;

    public BundleImport(BundleDesk desk) {
        this.desk = desk;
        this.folder = desk.folder();
        this.room = new WaitingRoom(desk);
    }

    /// What would come of it; every byte is checked and nothing is changed.
    public ImportReport plan(ImportOrder order, Consumer<String> progress) throws IOException, BundleRefusedException {
        List<FoundBundle> waiting = room.bundles();
        BundleFinder.Found found = find(order, waiting);
        Set<String> carried = new HashSet<>();
        for (FoundBundle bundle : found.bundles()) {
            read(bundle, Optional.empty(), progress);
            Set<Integer> there = bundle.volumes().keySet();
            Set<String> whole = new HashSet<>(bundle.manifest().carriedObjects().keySet());
            for (VolumeSpec volume : bundle.manifest().volumes()) {
                if (!there.contains(volume.number())) {
                    volume.parts().forEach(part -> whole.remove(part.sha256()));
                }
            }
            carried.addAll(whole);
        }
        Tally tally = new Tally();
        Predicate<String> has =
                sha256 -> carried.contains(sha256) || folder.store().has(sha256);
        for (FoundBundle bundle : all(waiting, found.bundles())) {
            judge(bundle, has, all(waiting, found.bundles()), tally);
        }
        tally.wouldPublish();
        return tally.report(found, List.of());
    }

    /// @param progress is told about each volume
    public ImportReport run(ImportOrder order, Instant now, Consumer<String> progress)
            throws IOException, BundleRefusedException {
        try (FileLatch _ = desk.lock();
                RepoLock _ = folder.keepContents()) {
            return locked(order, now, progress);
        } catch (IOException e) {
            throw DiskFullException.tell(
                    e,
                    folder.root(),
                    "what is served stays as it was; free some (see \"ekicho mirror gc --dry-run\") and import again");
        }
    }

    private ImportReport locked(ImportOrder order, Instant now, Consumer<String> progress)
            throws IOException, BundleRefusedException {
        BundleFinder.Found found = find(order, room.bundles());
        requireRoom(found.bundles());
        for (FoundBundle bundle : found.bundles()) {
            ObjectIntake intake = new ObjectIntake(folder.store(), desk.incoming(), bundle.manifest());
            read(bundle, Optional.of(intake), progress);
            intake.join();
        }
        for (FoundBundle bundle : found.bundles()) {
            room.enter(bundle);
        }
        return publish(order, found, now);
    }

    private BundleFinder.Found find(ImportOrder order, List<FoundBundle> waiting)
            throws IOException, BundleRefusedException {
        BundleFinder.Found found = order.folders().isEmpty()
                ? new BundleFinder.Found(waiting, List.of())
                : BundleFinder.find(order.folders(), waiting);
        Set<BundleKey> trusted = new HashSet<>();
        desk.trusted().forEach(named -> trusted.add(named.key()));
        desk.secret().ifPresent(own -> trusted.add(own.key()));
        for (FoundBundle bundle : found.bundles()) {
            if (!trusted.contains(bundle.key())) {
                throw new BundleRefusedException(
                        bundle.folder(),
                        Refusal.of(
                                MirrorReason.BAD_SIGNATURE,
                                "it is signed by key " + bundle.key().fingerprint()),
                        Receipts.HOW_TO_TRUST);
            }
        }
        return found;
    }

    private void requireRoom(List<FoundBundle> bundles) throws IOException {
        Map<String, Long> wanted = new TreeMap<>();
        for (FoundBundle bundle : bundles) {
            bundle.manifest().carriedObjects().forEach((sha256, size) -> {
                if (!folder.store().has(sha256)) {
                    wanted.put(sha256, size);
                }
            });
        }
        long largest = wanted.values().stream().mapToLong(size -> size).max().orElse(0);
        folder.requireRoom(
                largest + wanted.values().stream().mapToLong(size -> size).sum());
    }

    private static void read(FoundBundle bundle, Optional<ObjectIntake> intake, Consumer<String> progress)
            throws IOException, BundleRefusedException {
        for (VolumeSpec volume : bundle.manifest().volumes()) {
            Path file = bundle.volumes().get(volume.number());
            if (file == null) {
                continue;
            }
            try (InputStream in = SafeFiles.open(file)) {
                VolumeReader.Receiver receiver = intake.isPresent() ? intake.get() : new Discard();
                VolumeReader.read(in, bundle.manifest(), volume, receiver);
            } catch (RefusedException e) {
                if (intake.isPresent()) {
                    intake.get().volumeIsBad();
                }
                throw new BundleRefusedException(file, e.refusal());
            }
            if (intake.isPresent()) {
                intake.get().volumeIsGood();
            }
            progress.accept("volume " + volume.number() + " of "
                    + bundle.manifest().volumes().size() + " of bundle "
                    + bundle.manifest().id() + " is good");
        }
    }

    private ImportReport publish(ImportOrder order, BundleFinder.Found found, Instant now)
            throws IOException, BundleRefusedException {
        Tally tally = new Tally();
        List<FoundBundle> waiting = room.bundles();
        ChannelFollower follower = new ChannelFollower(desk, order.channels());
        List<String> pointed = new ArrayList<>();
        for (FoundBundle bundle : waiting) {
            for (Snapshot snapshot : bundle.manifest().snapshots()) {
                for (String sha256 :
                        Completion.missing(snapshot, folder.store()::has).keySet()) {
                    room.recall(sha256);
                }
            }
            judge(bundle, folder.store()::has, waiting, tally);
        }
        for (Snapshot snapshot : tally.complete) {
            try (RepoLock _ = folder.lock(snapshot.repo(), "import of a bundle", PATIENCE)) {
                Optional<Snapshot> there = folder.snapshots().read(snapshot.repo(), snapshot.id());
                if (there.isEmpty()) {
                    folder.snapshots().publishAs(snapshot);
                    tally.published.add(name(snapshot));
                } else {
                    tally.there(snapshot, there.get());
                }
            }
        }
        for (FoundBundle bundle : all(waiting, found.bundles())) {
            pointed.addAll(follower.follow(bundle.manifest(), now));
        }
        for (FoundBundle bundle : waiting) {
            if (tally.isFinished(bundle)) {
                desk.markDone(bundle.manifest().id());
            } else {
                room.hold(bundle);
            }
        }
        if (SafeFiles.list(desk.waiting()).isEmpty()) {
            SafeFiles.deleteTree(desk.incoming());
        }
        return tally.report(found, pointed);
    }

    /// Sorts a bundle's snapshots into those that are there, complete, and waiting.
    private void judge(FoundBundle bundle, Predicate<String> has, List<FoundBundle> all, Tally tally)
            throws IOException {
        Predicate<BundleManifest.Base> imported = base -> base instanceof BundleManifest.Base.Earlier(var id)
                && (desk.isDone(id)
                        || all.stream().anyMatch(other -> other.manifest().id().equals(id)));
        for (Snapshot snapshot : bundle.manifest().snapshots()) {
            Optional<Snapshot> there = folder.snapshots().read(snapshot.repo(), snapshot.id());
            if (there.isPresent()) {
                tally.there(snapshot, there.get());
                continue;
            }
            Map<String, Long> missing = Completion.missing(snapshot, has);
            if (missing.isEmpty()) {
                tally.complete.add(snapshot);
            } else {
                String why = Completion.why(bundle.manifest(), missing.keySet(), imported);
                long bytes = missing.values().stream().mapToLong(size -> size).sum();
                tally.waiting.add(new ImportReport.Waiting(
                        name(snapshot), bundle.manifest().id().text(), missing.size(), bytes, why));
            }
        }
    }

    private static String name(Snapshot snapshot) {
        return new SnapshotName(snapshot.repo(), snapshot.id()).toString();
    }

    /// Each bundle once.
    private static List<FoundBundle> all(List<FoundBundle> waiting, List<FoundBundle> found) {
        Map<String, FoundBundle> all = new TreeMap<>();
        waiting.forEach(bundle -> all.put(bundle.manifest().id().text(), bundle));
        found.forEach(bundle -> all.put(bundle.manifest().id().text(), bundle));
        return List.copyOf(all.values());
    }

    /// The report in the making.
    private static final class Tally {
        private final List<Snapshot> complete = new ArrayList<>();
        private final Set<String> published = new LinkedHashSet<>();
        private final Set<String> already = new LinkedHashSet<>();
        private final Set<String> conflicts = new LinkedHashSet<>();
        private final List<ImportReport.Waiting> waiting = new ArrayList<>();

        boolean isFinished(FoundBundle bundle) {
            String id = bundle.manifest().id().text();
            return waiting.stream().noneMatch(snapshot -> snapshot.bundle().equals(id));
        }

        /// The snapshot of a bundle is there already, or another one is in its place: that one stays, and what the
        /// bundle has is not waited with, so that it is in nobody's way.
        void there(Snapshot carried, Snapshot there) {
            if (published.contains(name(carried))) {
                return;
            }
            if (sameFiles(carried, there)) {
                already.add(name(carried));
            } else {
                conflicts.add(name(carried));
            }
        }

        private static boolean sameFiles(Snapshot one, Snapshot other) {
            return contents(one).equals(contents(other));
        }

        private static List<String> contents(Snapshot snapshot) {
            return snapshot.files().stream()
                    .map(file -> file.sha256() + " " + file.path())
                    .toList();
        }

        /// A dry run has published nothing: it tells what would be.
        void wouldPublish() {
            complete.forEach(snapshot -> published.add(name(snapshot)));
        }

        ImportReport report(BundleFinder.Found found, List<String> channels) {
            List<ImportReport.Bundle> bundles = new ArrayList<>();
            for (FoundBundle bundle : found.bundles()) {
                BundleManifest manifest = bundle.manifest();
                bundles.add(new ImportReport.Bundle(
                        manifest.id().text(),
                        manifest.site(),
                        manifest.base().words(),
                        manifest.volumes().size(),
                        manifest.volumeBytes(),
                        bundle.missing().stream().map(VolumeSpec::number).toList()));
            }
            return new ImportReport(
                    bundles,
                    List.copyOf(published),
                    List.copyOf(already),
                    List.copyOf(conflicts),
                    waiting,
                    channels,
                    found.strays().stream().map(Path::toString).toList());
        }
    }
}
