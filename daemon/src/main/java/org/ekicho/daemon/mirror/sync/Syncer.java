package org.ekicho.daemon.mirror.sync;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ekicho.daemon.json.Json;
import org.ekicho.daemon.mirror.folder.DiskFullException;
import org.ekicho.daemon.mirror.folder.LockedException;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.daemon.mirror.folder.RepoLock;
import org.ekicho.host.download.Bandwidth;
import org.ekicho.host.download.DownloadSettings;
import org.ekicho.host.download.Downloads;
import org.ekicho.host.download.Traffic;
import org.ekicho.host.files.DurableFile;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.settings.RepoSettings;
import org.ekicho.mirror.settings.Upstream;
import org.ekicho.mirror.snapshot.MirrorLayout;
import org.ekicho.mirror.snapshot.SnapshotId;

/// Brings repositories to the state of their upstream. Each run ends with a report; what was served before is served
/// until a new snapshot is whole.
public final class Syncer {
    /// An upstream that changes again while it is read a second time is left for the next run.
    private static final int ATTEMPTS = 2;

    private static final String HOW_TO_FREE = "see what \"ekicho mirror gc --dry-run\" would free";

    private final MirrorFolder folder;
    private final InstantSource clock;
    private final Bandwidth bandwidth;
    private final DownloadSettings.Patience patience;

    /// @param bandwidth shared by all runs of this process
    public Syncer(MirrorFolder folder, InstantSource clock, Bandwidth bandwidth, DownloadSettings.Patience patience) {
        this.folder = folder;
        this.clock = clock;
        this.bandwidth = bandwidth;
        this.patience = patience;
    }

    /// With the folder's own limits.
    public static Syncer of(MirrorFolder folder, InstantSource clock) {
        return new Syncer(
                folder, clock, Bandwidth.of(folder.settings().bandwidth()), DownloadSettings.Patience.DEFAULT);
    }

    /// Runs once on one repository. What goes wrong is in the report.
    public SyncReport sync(RepoSettings repo, SyncOptions options, SyncProgress progress) {
        Running running = new Running(repo, clock.instant());
        SyncReport report;
        try {
            report = locked(running, options, progress);
        } catch (SyncFailure e) {
            report = running.failed(e.reason(), e.sentence(), e.bad());
        } catch (LockedException e) {
            report = running.failed(MirrorReason.LOCKED, String.valueOf(e.getMessage()), List.of());
        } catch (DiskFullException e) {
            report = running.failed(MirrorReason.DISK_FULL, String.valueOf(e.getMessage()), List.of());
        } catch (IOException e) {
            boolean full = DiskFullException.isCauseOf(e);
            report = running.failed(
                    full ? MirrorReason.DISK_FULL : MirrorReason.UNREACHABLE,
                    full ? DiskFullException.tell(e, folder.root(), HOW_TO_FREE).getMessage() + "" : "the folder: " + e,
                    List.of());
        }
        progress.enter(SyncProgress.Phase.ENDED);
        return kept(repo, report);
    }

    /// The report of the last run, if it is there.
    public static Optional<SyncReport> last(MirrorFolder folder, RepoSettings repo) throws IOException {
        // Not made when it is missing: whoever only reads can do so on a full disk.
        Path cache = folder.root().resolve(MirrorLayout.CACHE).resolve(repo.id().text());
        Path file = cache.resolve("last-sync.json");
        Optional<SyncReport> full = Files.exists(file)
                ? Optional.of(Json.MAPPER.readValue(Files.readString(file), SyncReport.class))
                : Optional.empty();
        return LastLook.in(cache)
                .read(repo.id().text())
                .filter(look ->
                        full.isEmpty() || look.endedAt().isAfter(full.get().endedAt()))
                .or(() -> full);
    }

    /// Whether upstream has something else than what was fetched last; nothing is changed.
    public Freshness freshness(RepoSettings repo) {
        if (!(repo.source() instanceof RepoSettings.Source.Remote(Upstream upstream))) {
            return new Freshness(Freshness.State.NOT_FETCHED, "nothing is fetched for it from another server");
        }
        try (RepoLock _ = folder.lock(repo.id(), "check");
                Downloads downloads = UpstreamDoor.open(upstream, patience, 1, bandwidth, new Traffic())) {
            SyncState state = SyncState.read(folder.cache(repo.id()));
            if (state.snapshot().isEmpty()) {
                return new Freshness(Freshness.State.NEWER, "it was never synced");
            }
            Path stage = folder.stage(repo.id());
            MirrorFinder.Found found = new MirrorFinder(downloads, stage).find(upstream);
            Mirrors mirrors = new Mirrors(downloads, found.mirrors(), stage);
            return switch (new QuickLook(folder, repo, mirrors, stage).look(state.upstream(), found.accepted())) {
                case AS_BEFORE -> new Freshness(Freshness.State.CURRENT, "upstream has nothing newer");
                case CHANGED -> new Freshness(Freshness.State.NEWER, "upstream has changed since");
                case UNCLEAR ->
                    new Freshness(
                            Freshness.State.UNKNOWN,
                            found.mirrors().getFirst().shown() + " gave no repomd.xml that can be compared");
            };
        } catch (SyncFailure e) {
            return new Freshness(Freshness.State.UNKNOWN, e.sentence());
        } catch (IOException e) {
            return new Freshness(Freshness.State.UNKNOWN, String.valueOf(e.getMessage()));
        }
    }

    private SyncReport locked(Running running, SyncOptions options, SyncProgress progress)
            throws IOException, SyncFailure {
        RepoSettings repo = running.repo;
        return switch (repo.source()) {
            case RepoSettings.Source.Remote(Upstream upstream) -> remote(running, options, progress, upstream);
            case RepoSettings.Source.Folder(String path) -> {
                try (RepoLock _ = folder.lock(repo.id(), "sync", options.patience())) {
                    yield running.ended(new FolderRun(folder, repo, Path.of(path), clock.instant()).run(options));
                }
            }
            case RepoSettings.Source.Bundles() ->
                throw new SyncFailure(
                        MirrorReason.NO_MIRROR_HAS_IT,
                        "nothing is fetched for " + repo.id() + ": its snapshots arrive by \"ekicho mirror import\"");
        };
    }

    private SyncReport remote(Running running, SyncOptions options, SyncProgress progress, Upstream upstream)
            throws IOException, SyncFailure {
        RepoSettings repo = running.repo;
        try (RepoLock _ = folder.lock(repo.id(), "sync", options.patience())) {
            progress.counts(running.traffic::received);
            try (Downloads downloads =
                    UpstreamDoor.open(upstream, patience, folder.settings().parallel(), bandwidth, running.traffic)) {
                SyncRun.Result result = attempts(running, options, progress, upstream, downloads);
                if (result.outcome() == SyncReport.Outcome.PUBLISHED) {
                    clear(folder.stage(repo.id()));
                }
                return running.ended(result);
            } catch (IOException e) {
                if (DiskFullException.isCauseOf(e) && !(e instanceof DiskFullException)) {
                    // Parts of downloads make room for the report that says so.
                    clear(folder.stage(repo.id()));
                }
                throw e;
            }
        }
    }

    private SyncRun.Result attempts(
            Running running, SyncOptions options, SyncProgress progress, Upstream upstream, Downloads downloads)
            throws IOException, SyncFailure {
        for (int attempt = 1; ; attempt++) {
            try {
                Path stage = folder.stage(running.repo.id());
                MirrorFinder.Found found = new MirrorFinder(downloads, stage).find(upstream);
                running.notes.addAll(found.notes());
                running.mirrors = found.mirrors();
                Mirrors mirrors = new Mirrors(downloads, found.mirrors(), stage);
                Optional<SnapshotId> same = look(running.repo, options, mirrors, found, stage);
                if (same.isPresent()) {
                    return new SyncRun.Result(SyncReport.Outcome.UNCHANGED, same, Optional.empty());
                }
                return new SyncRun(folder, running.repo, options, progress, clock.instant(), running.notes)
                        .run(mirrors, found);
            } catch (SyncFailure e) {
                if (e.reason() != MirrorReason.CHANGED_MEANWHILE || attempt == ATTEMPTS) {
                    throw e;
                }
                running.notes.add(e.sentence() + "; begun again");
            }
        }
    }

    private Optional<SnapshotId> look(
            RepoSettings repo, SyncOptions options, Mirrors mirrors, MirrorFinder.Found found, Path stage)
            throws IOException, SyncFailure {
        if (options.extent() != SyncOptions.Extent.PUBLISH) {
            return Optional.empty();
        }
        Optional<SnapshotId> same = new QuickLook(folder, repo, mirrors, stage)
                .unchanged(SyncState.read(folder.cache(repo.id())), found.accepted());
        if (same.isPresent()) {
            SyncRun.point(folder, repo.id(), same.get(), clock.instant());
        }
        return same;
    }

    private SyncReport kept(RepoSettings repo, SyncReport report) {
        if (report.outcome() == SyncReport.Outcome.PLANNED
                || report.reason().filter(r -> r == MirrorReason.LOCKED).isPresent()) {
            return report;
        }
        try {
            if (report.outcome() == SyncReport.Outcome.UNCHANGED
                    && report.totals().isEmpty()) {
                LastLook.in(folder.cache(repo.id())).write(report);
                return report;
            }
            byte[] json = Json.MAPPER
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(report)
                    .getBytes(StandardCharsets.UTF_8);
            new DurableFile(folder.cache(repo.id()).resolve("last-sync.json")).write(json);
            return report;
        } catch (IOException e) {
            List<String> notes = new ArrayList<>(report.notes());
            notes.add("the report could not be kept: " + e.getMessage());
            return report.with(notes);
        }
    }

    /// What is in the stage is of no more use once the repository is whole.
    private static void clear(Path stage) throws IOException {
        try (var entries = Files.newDirectoryStream(stage)) {
            for (Path entry : entries) {
                if (Files.isRegularFile(entry)) {
                    Files.deleteIfExists(entry);
                }
            }
        }
    }

    /// What a report is made of.
    private final class Running {
        private final RepoSettings repo;
        private final Instant startedAt;
        private final Traffic traffic = new Traffic();
        private final List<String> notes = new ArrayList<>();
        private List<Mirror> mirrors = List.of();

        Running(RepoSettings repo, Instant startedAt) {
            this.repo = repo;
            this.startedAt = startedAt;
        }

        SyncReport ended(SyncRun.Result result) {
            String sentence = switch (result.outcome()) {
                case PUBLISHED ->
                    "published " + result.snapshot().map(SnapshotId::text).orElse("");
                case UNCHANGED -> "unchanged";
                case PLANNED -> "planned";
                case FAILED -> "failed";
            };
            return report(result, Optional.empty(), sentence, List.of());
        }

        SyncReport failed(MirrorReason reason, String sentence, List<SyncReport.BadFile> bad) {
            return report(
                    new SyncRun.Result(SyncReport.Outcome.FAILED, Optional.empty(), Optional.empty()),
                    Optional.of(reason),
                    sentence,
                    bad);
        }

        private SyncReport report(
                SyncRun.Result result, Optional<MirrorReason> reason, String sentence, List<SyncReport.BadFile> bad) {
            Instant endedAt = clock.instant();
            long millis = Math.max(1, Duration.between(startedAt, endedAt).toMillis());
            return new SyncReport(
                    repo.id().text(),
                    startedAt,
                    endedAt,
                    result.outcome(),
                    reason,
                    sentence,
                    result.snapshot().or(this::served).map(SnapshotId::text),
                    result.plan().map(plan -> plan.totals()),
                    traffic.received(),
                    traffic.received() * 1000 / millis,
                    shares(),
                    bad.subList(0, Math.min(bad.size(), SyncReport.MAX_BAD)),
                    bad.size(),
                    notes);
        }

        private Optional<SnapshotId> served() {
            try {
                List<SnapshotId> all = folder.snapshots().list(repo.id());
                return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
            } catch (IOException e) {
                notes.add("the snapshots cannot be listed: " + e.getMessage());
                return Optional.empty();
            }
        }

        /// Servers that were asked, with the trouble that the list of mirrors had with them.
        private List<SyncReport.MirrorShare> shares() {
            List<SyncReport.MirrorShare> shares = new ArrayList<>();
            for (Map.Entry<String, Traffic.Share> server : traffic.servers().entrySet()) {
                Traffic.Share share = server.getValue();
                String trouble = mirrors.stream()
                        .filter(mirror -> mirror.shown().startsWith(server.getKey()))
                        .map(Mirror::trouble)
                        .filter(words -> !words.isEmpty())
                        .findFirst()
                        .orElse("");
                shares.add(new SyncReport.MirrorShare(
                        server.getKey(), share.files(), share.failures(), share.bytes(), trouble));
            }
            return shares;
        }
    }
}
