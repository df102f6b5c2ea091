package org.ekicho.daemon.mirror.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.MirrorSettings;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.ChannelState;
import org.ekicho.mirror.snapshot.MirrorLayout;
import org.ekicho.mirror.snapshot.Retention;
import org.ekicho.mirror.snapshot.RetentionFacts;
import org.ekicho.mirror.snapshot.Snapshot;
import org.ekicho.mirror.snapshot.SnapshotFile;
import org.ekicho.mirror.snapshot.SnapshotId;
import org.ekicho.mirror.snapshot.SnapshotRef;
import org.ekicho.mirror.snapshot.View;

/// The garbage collector: removes what [Retention] says, and what nothing refers to any more. It has the store alone
/// while it works, so that nobody is about to use what it removes. Wherever it is killed, what is left is complete:
/// first a thing ceases to exist (its manifest, its link), then its files are renamed away, then deleted.
public final class Collector {
    /// Unfinished downloads that nobody continued for so long are of no use: upstream has moved on.
    public static final Duration STAGE_AGE = Duration.ofDays(14);

    /// The folder of a channel's former state stays so long for somebody who walks through it at the moment.
    static final Duration WALK = Duration.ofHours(1);

    private final Path root;
    private final MirrorSettings settings;
    private final DiskStore store;
    private final DiskSnapshots snapshots;
    private final DiskChannels channels;
    private final Pins pins;
    private final Locks locks;
    private final Generation generation;

    Collector(
            Path root,
            MirrorSettings settings,
            DiskStore store,
            DiskSnapshots snapshots,
            DiskChannels channels,
            Pins pins,
            Locks locks,
            Generation generation) {
        this.root = root;
        this.settings = settings;
        this.store = store;
        this.snapshots = snapshots;
        this.channels = channels;
        this.pins = pins;
        this.locks = locks;
        this.generation = generation;
    }

    /// What a collection would free now.
    ///
    /// @param asked snapshots to remove although they are among the newest
    public Garbage look(Set<SnapshotRef> asked, Instant now) throws IOException {
        Retention retention = retention(asked, now);
        Contents contents = unused(retention);
        return new Garbage(
                retention, views(usedViews(now, Settled.ASSUMED)), stages(now), contents.names.size(), contents.bytes);
    }

    /// Frees it.
    ///
    /// @param wait how long to wait for runs that use the store
    /// @throws LockedException when they did not end
    public Garbage collect(Set<SnapshotRef> asked, Instant now, Duration wait) throws IOException {
        return collect(asked, now, wait, _ -> {});
    }

    /// The same, and says whom it waits for.
    public Garbage collect(Set<SnapshotRef> asked, Instant now, Duration wait, Consumer<String> waiting)
            throws IOException {
        try (Locks.Held _ = locks.wholeStore("gc", wait, waiting)) {
            Retention retention = retention(asked, now);
            // Whatever cannot be read stops it here, before anything is gone.
            unused(retention);
            settle(now);
            removeStates(retention, now);
            List<String> views = views(usedViews(now, Settled.DONE));
            List<Path> away = new ArrayList<>();
            generation.change(() -> {
                for (SnapshotRef ref : retention.going()) {
                    away.add(takeAway(ref));
                }
                for (String view : views) {
                    away.add(Trees.takeAway(root.resolve(MirrorLayout.VIEWS).resolve(view), stage()));
                }
            });
            for (Path tree : away) {
                Trees.delete(tree);
            }
            List<String> stages = stages(now);
            for (String repo : stages) {
                Trees.remove(stage().resolve(repo), stage());
            }
            Contents contents = unused(retention);
            for (String sha256 : contents.names) {
                Files.deleteIfExists(store.path(sha256));
            }
            return new Garbage(retention, views, stages, contents.names.size(), contents.bytes);
        }
    }

    private Path stage() {
        return root.resolve(MirrorLayout.STAGE);
    }

    private Retention retention(Set<SnapshotRef> asked, Instant now) throws IOException {
        List<SnapshotRef> all = new ArrayList<>();
        for (RepoId repo : snapshots.repos()) {
            snapshots.list(repo).forEach(id -> all.add(new SnapshotRef(repo, id)));
        }
        List<List<ChannelState>> histories = new ArrayList<>();
        for (ChannelName channel : channels.names()) {
            requireManifests(channel, Set.copyOf(all));
            histories.add(channels.history(channel));
        }
        return Retention.plan(
                new RetentionFacts(now, settings.grace(), settings.keep(), all, pins.all(), histories, asked));
    }

    /// What a channel shows must be known file by file, or its contents would seem to be nobody's.
    private void requireManifests(ChannelName channel, Set<SnapshotRef> all) throws IOException {
        Optional<ChannelState> current = channels.current(channel);
        for (Map.Entry<RepoId, SnapshotId> shown :
                current.map(ChannelState::sorted).orElse(new TreeMap<>()).entrySet()) {
            SnapshotRef ref = new SnapshotRef(shown.getKey(), shown.getValue());
            if (!all.contains(ref)) {
                throw lost(ref, "channel " + channel + " shows it");
            }
        }
    }

    private IOException lost(SnapshotRef ref, String why) {
        return new IOException("nothing is freed: the manifest of " + ref.repo() + "@" + ref.id() + " is missing, and "
                + why + "; bring " + root.resolve(MirrorLayout.manifest(ref.repo(), ref.id()))
                + " back from a backup, or publish or sync the repository again");
    }

    /// Links of current states that show a view although no client can be late any more show the snapshot itself again.
    /// Both have the same files but those of the past.
    private void settle(Instant now) throws IOException {
        for (ChannelName channel : channels.names()) {
            List<ChannelState> history = channels.history(channel);
            ChannelState current = history.getLast();
            for (RepoId repo : current.sorted().keySet()) {
                if (isLateView(history, repo, now)) {
                    SnapshotId id = current.sorted().get(repo);
                    Path link = root.resolve(MirrorLayout.channel(channel, current.number()))
                            .resolve(repo.text());
                    Path target = Path.of("..", "..", "..").resolve(MirrorLayout.snapshot(repo, id));
                    generation.change(() -> DiskChannels.replaceLink(link, target));
                }
            }
        }
    }

    private boolean isLateView(List<ChannelState> history, RepoId repo, Instant now) throws IOException {
        ChannelState current = history.getLast();
        Optional<Path> link = channels.link(current.channel(), current.number(), repo);
        return link.isPresent()
                && isView(link.get())
                && View.recent(history, repo, now, settings.grace()).size() <= 1;
    }

    private static boolean isView(Path link) {
        return link.getNameCount() == 6 && link.getName(3).toString().equals(MirrorLayout.VIEWS);
    }

    private void removeStates(Retention retention, Instant now) throws IOException {
        for (ChannelState state : retention.states()) {
            channels.discard(state.channel(), state.number());
        }
        for (ChannelName channel : channels.names()) {
            List<ChannelState> history = channels.history(channel);
            for (int i = 0; i < history.size() - 1; i++) {
                Path folder = root.resolve(
                        MirrorLayout.channel(channel, history.get(i).number()));
                boolean old = history.get(i + 1).since().plus(WALK).isBefore(now);
                if (old && Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                    Trees.remove(folder, stage());
                }
            }
        }
    }

    /// Whether [#settle] has been done already, or is what would be done.
    private enum Settled {
        DONE,
        ASSUMED
    }

    /// `REPO/ID.N` of those that a channel's folder links to, which will still be there.
    private Set<String> usedViews(Instant now, Settled settled) throws IOException {
        Set<String> used = new HashSet<>();
        for (ChannelName channel : channels.names()) {
            List<ChannelState> history = channels.history(channel);
            for (int i = 0; i < history.size(); i++) {
                ChannelState state = history.get(i);
                boolean current = i == history.size() - 1;
                if (!current && history.get(i + 1).since().plus(WALK).isBefore(now)) {
                    continue;
                }
                for (RepoId repo : state.snapshots().keySet()) {
                    boolean settles = current && settled == Settled.ASSUMED && isLateView(history, repo, now);
                    channels.link(channel, state.number(), repo)
                            .filter(link -> isView(link) && !settles)
                            .ifPresent(link -> used.add(link.subpath(4, 6).toString()));
                }
            }
        }
        return used;
    }

    private List<String> views(Set<String> used) throws IOException {
        List<String> unused = new ArrayList<>();
        Path views = root.resolve(MirrorLayout.VIEWS);
        for (String repo : Trees.names(views)) {
            for (String name : Trees.names(views.resolve(repo))) {
                if (!used.contains(repo + "/" + name)) {
                    unused.add(repo + "/" + name);
                }
            }
        }
        return unused;
    }

    private List<String> stages(Instant now) throws IOException {
        List<String> old = new ArrayList<>();
        for (String name : Trees.names(stage())) {
            Instant changed = Files.getLastModifiedTime(stage().resolve(name), LinkOption.NOFOLLOW_LINKS)
                    .toInstant();
            if (RepoId.isValid(name) && changed.plus(STAGE_AGE).isBefore(now)) {
                old.add(name);
            }
        }
        return old;
    }

    private Path takeAway(SnapshotRef ref) throws IOException {
        Path manifest = root.resolve(MirrorLayout.manifest(ref.repo(), ref.id()));
        Files.deleteIfExists(manifest);
        Trees.force(manifest.resolveSibling(""));
        return Trees.takeAway(root.resolve(MirrorLayout.snapshot(ref.repo(), ref.id())), stage());
    }

    /// Contents that no snapshot has that stays.
    ///
    /// @param names their names
    /// @param bytes all of them together
    private record Contents(List<String> names, long bytes) {}

    private Contents unused(Retention retention) throws IOException {
        Set<String> used = new HashSet<>();
        for (Retention.Kept kept : retention.kept()) {
            Snapshot snapshot = snapshots
                    .read(kept.snapshot().repo(), kept.snapshot().id())
                    .orElseThrow(() -> lost(kept.snapshot(), "it is kept"));
            for (SnapshotFile file : snapshot.files()) {
                used.add(file.sha256());
            }
        }
        List<String> names = new ArrayList<>();
        long bytes = 0;
        for (String name : store.names()) {
            if (!used.contains(name)) {
                names.add(name);
                bytes += Files.size(store.path(name));
            }
        }
        return new Contents(names, bytes);
    }
}
