package org.ekicho.daemon.mirror.sync;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.daemon.mirror.sync.SignatureStage.Signature;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.codec.CodecException;
import org.ekicho.mirror.metadata.PrimaryReader;
import org.ekicho.mirror.repodata.RepomdRecord;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.settings.RepoSettings;
import org.ekicho.mirror.snapshot.Snapshot;
import org.ekicho.mirror.snapshot.SnapshotFile;
import org.ekicho.mirror.snapshot.SnapshotId;
import org.ekicho.mirror.sync.Catalog;
import org.ekicho.mirror.sync.RecordPlanner;
import org.ekicho.mirror.sync.RecordStep;
import org.ekicho.mirror.sync.Seen;
import org.ekicho.mirror.sync.Selected;
import org.ekicho.mirror.sync.SyncPlan;
import org.ekicho.mirror.sync.SyncPlanner;
import org.ekicho.mirror.sync.SyncRequest;

/// One attempt to bring one repository to the state of its upstream. Belongs to one thread; the repository's lock is
/// held.
final class SyncRun {
    private final MirrorFolder folder;
    private final RepoSettings repo;
    private final SyncOptions options;
    private final SyncProgress progress;
    private final Instant now;
    private final Path stage;
    private final Path cache;
    private final String demands;
    private final Trust trust;
    private final KnownFile known;
    private final SignedContents signed;
    private final List<String> notes;

    SyncRun(
            MirrorFolder folder,
            RepoSettings repo,
            SyncOptions options,
            SyncProgress progress,
            Instant now,
            List<String> notes)
            throws IOException, SyncFailure {
        this.folder = folder;
        this.repo = repo;
        this.options = options;
        this.progress = progress;
        this.now = now;
        this.notes = notes;
        this.stage = folder.stage(repo.id());
        this.cache = folder.cache(repo.id());
        this.demands = Demands.of(repo);
        this.trust = Trust.of(repo, now);
        this.known = KnownFile.open(cache, folder.store());
        this.signed = SignedContents.open(cache, trust);
    }

    /// What an attempt led to.
    ///
    /// @param plan empty when there was nothing to plan
    record Result(SyncReport.Outcome outcome, Optional<SnapshotId> snapshot, Optional<SyncPlan> plan) {}

    /// @throws SyncFailure when nothing can be published
    /// @throws IOException when something cannot be written
    Result run(Mirrors servers, MirrorFinder.Found found) throws IOException, SyncFailure {
        progress.enter(SyncProgress.Phase.METADATA);
        Pinned pinned = Pinned.choose(servers, found, stage);
        Mirrors mirrors = servers.preferring(pinned.mirror());
        SyncState state = SyncState.read(cache);
        Optional<Signature> signature = new SignatureStage(mirrors, pinned.mirror(), stage).find();
        trust.metadata(
                pinned.bytes(),
                signature.isPresent() ? Optional.of(signature.get().bytes()) : Optional.empty());
        Optional<TreeStage.Tree> tree =
                new TreeStage(mirrors, pinned.mirror(), stage, TreeStage.Before.of(state.upstream())).find(notes);
        SyncState.Upstream upstream = new SyncState.Upstream(
                pinned.sha256(),
                signature.map(Signature::sha256).orElse(""),
                tree.map(TreeStage.Tree::sha256).orElse(""));
        Optional<Snapshot> newest = folder.snapshots().newest(repo.id());
        boolean unchanged = newest.isPresent()
                && state.upstream().equals(upstream)
                && state.demands().equals(demands)
                && state.snapshot().equals(newest.map(Snapshot::id))
                && options.extent() == SyncOptions.Extent.PUBLISH;
        if (unchanged) {
            point(folder, repo.id(), newest.get().id(), now);
            return new Result(SyncReport.Outcome.UNCHANGED, state.snapshot(), Optional.empty());
        }
        try {
            return change(mirrors, pinned, upstream, state, newest, signature, tree);
        } finally {
            known.save();
            signed.save();
        }
    }

    private Result change(
            Mirrors mirrors,
            Pinned pinned,
            SyncState.Upstream upstream,
            SyncState state,
            Optional<Snapshot> newest,
            Optional<Signature> signature,
            Optional<TreeStage.Tree> tree)
            throws IOException, SyncFailure {
        RecordStage records = new RecordStage(mirrors, folder.store(), known);
        List<RecordStep> steps = RecordPlanner.plan(pinned.repomd(), repo.selection(), known);
        Map<String, String> metadata = records.fetch(steps);
        progress.enter(SyncProgress.Phase.PLANNING);
        PrimaryReader.Primary primary = primary(records, pinned, metadata);
        Selected selected = new Selecting(records, pinned.repomd(), metadata).select(repo.selection(), primary);
        Seen seen = state.seen();
        SyncPlan plan = SyncPlanner.plan(
                new SyncRequest(
                        repo.id(),
                        pinned.repomd(),
                        primary,
                        selected,
                        tree.map(TreeStage.Tree::info),
                        newest.map(Catalog::of).orElse(Catalog.EMPTY),
                        known,
                        seen,
                        options.older()),
                steps);
        progress.planned(plan);
        if (options.extent() == SyncOptions.Extent.PLAN_ONLY) {
            return new Result(SyncReport.Outcome.PLANNED, newest.map(Snapshot::id), Optional.of(plan));
        }
        refuseHeld(plan);
        folder.requireRoom(plan.totals().fetchBytes());
        progress.enter(SyncProgress.Phase.FETCHING);
        PackageStage packages = new PackageStage(mirrors, folder.store(), known, trust.packages(), signed, progress);
        packages.run(plan, folder.settings().parallel(), now);
        if (!plan.fetches().isEmpty() && pinned.isReplaced(mirrors, stage)) {
            throw new SyncFailure(
                    MirrorReason.CHANGED_MEANWHILE, pinned.mirror().shown() + " has another repomd.xml by now");
        }
        refuseBad(plan, packages.bad());
        progress.enter(SyncProgress.Phase.REBUILDING);
        List<SnapshotFile> files = new ArrayList<>(packages.files());
        Publication publication = new Publication(folder.store(), stage, now);
        if (plan.rebuilds()) {
            files.addAll(
                    new Rebuilding(records, publication, repo, stage).rebuild(pinned, plan, selected, metadata, tree));
        } else {
            files.addAll(publication.kept(pinned, signature.map(Signature::file), steps, metadata, tree));
        }
        progress.enter(SyncProgress.Phase.PUBLISHING);
        Snapshot snapshot = folder.snapshots()
                .publish(repo.id(), pinned.repomd().revision(), pinned.mirror().shown(), files, now);
        pointAndTell(snapshot);
        Seen youngest = options.older() == SyncRequest.Older.ACCEPTED
                ? Seen.of(pinned.repomd())
                : seen.and(Seen.of(pinned.repomd()));
        new SyncState(upstream, demands, Optional.of(snapshot.id()), youngest).write(cache);
        boolean same = newest.isPresent() && newest.get().id().equals(snapshot.id());
        return new Result(
                same ? SyncReport.Outcome.UNCHANGED : SyncReport.Outcome.PUBLISHED,
                Optional.of(snapshot.id()),
                Optional.of(plan));
    }

    private PrimaryReader.Primary primary(RecordStage records, Pinned pinned, Map<String, String> metadata)
            throws IOException, SyncFailure {
        Optional<RepomdRecord> record = pinned.repomd().record("primary");
        if (record.isEmpty()) {
            throw new SyncFailure(MirrorReason.MALFORMED, "repomd.xml names no primary.xml");
        }
        try (InputStream in = records.open(record.get(), metadata.getOrDefault("primary", ""))) {
            return switch (PrimaryReader.readTable(in)) {
                case Reading.Done<PrimaryReader.Primary>(PrimaryReader.Primary primary) -> primary;
                case Reading.Refused<PrimaryReader.Primary>(var refusal) ->
                    throw SyncFailure.of(record.get().location(), refusal);
            };
        } catch (CodecException e) {
            throw new SyncFailure(e.reason(), record.get().location() + ": " + e.getMessage());
        }
    }

    private static void refuseHeld(SyncPlan plan) throws SyncFailure {
        if (plan.held().isPresent()) {
            throw new SyncFailure(
                    plan.held().get().reason(), plan.held().get().detail() + "; if that is meant, say --accept-older");
        }
    }

    private static void refuseBad(SyncPlan plan, List<SyncReport.BadFile> bad) throws SyncFailure {
        List<SyncReport.BadFile> all = new ArrayList<>();
        for (SyncPlan.Problem problem : plan.problems()) {
            if (problem.weight() == SyncPlan.Weight.FAILS) {
                all.add(new SyncReport.BadFile(
                        problem.what(),
                        problem.refusal().reason(),
                        problem.refusal().detail()));
            }
        }
        all.addAll(bad);
        if (!all.isEmpty()) {
            SyncReport.BadFile first = all.getFirst();
            throw new SyncFailure(
                    first.reason(),
                    (all.size() == 1 ? "1 file is" : all.size() + " files are") + " not as upstream's metadata says; "
                            + first.path() + ": " + first.detail() + ": "
                            + first.reason().sentence(),
                    all);
        }
    }

    private void pointAndTell(Snapshot snapshot) throws IOException {
        List<String> conflicts = folder.channels().conflicts(ChannelName.LATEST, repo.id(), snapshot.id(), now);
        if (!conflicts.isEmpty()) {
            notes.add(conflicts.size() + " paths have other bytes than before, so that a client in the middle of an"
                    + " update may be told of a wrong checksum once: " + conflicts.getFirst()
                    + (conflicts.size() > 1 ? " …" : ""));
        }
        point(folder, repo.id(), snapshot.id(), now);
    }

    /// Lets the newest channel show a snapshot; nothing happens when it does.
    static void point(MirrorFolder folder, RepoId repo, SnapshotId id, Instant now) throws IOException {
        boolean shown = folder.channels()
                .current(ChannelName.LATEST)
                .filter(state -> id.equals(state.snapshots().get(repo)))
                .isPresent();
        if (!shown) {
            folder.channels().point(ChannelName.LATEST, Map.of(repo, id), now, "sync");
        }
    }
}
