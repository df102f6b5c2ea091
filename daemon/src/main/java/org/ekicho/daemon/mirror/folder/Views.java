package org.ekicho.daemon.mirror.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.ChannelState;
import org.ekicho.mirror.snapshot.MirrorLayout;
import org.ekicho.mirror.snapshot.Snapshot;
import org.ekicho.mirror.snapshot.SnapshotFile;
import org.ekicho.mirror.snapshot.SnapshotId;
import org.ekicho.mirror.snapshot.View;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The trees that channels show: a snapshot's own, or a view when clients may still ask for files of replaced ones.
final class Views {
    private static final Logger LOG = LoggerFactory.getLogger(Views.class);

    /// Paths named in the log when contents differ; the rest is a number.
    private static final int NAMED = 5;

    private final Path root;
    private final ContentStore store;
    private final Snapshots snapshots;
    private final Room room;
    private final Generation generation;

    Views(Path root, ContentStore store, Snapshots snapshots, Room room, Generation generation) {
        this.generation = generation;
        this.root = root;
        this.store = store;
        this.snapshots = snapshots;
        this.room = room;
    }

    /// The tree to show, made when it is not there.
    ///
    /// @param history states of the channel, the last of which is being made
    /// @return relative to the folder of a channel's state
    Path of(RepoId repo, SnapshotId id, List<ChannelState> history, Instant now, Duration grace) throws IOException {
        View view = merged(repo, id, history, now, grace);
        report(repo, id, view.conflicts());
        String tree = view.isPlain() ? MirrorLayout.snapshot(repo, id) : build(snapshot(repo, id), view);
        return Path.of("..", "..", "..").resolve(tree);
    }

    private Snapshot snapshot(RepoId repo, SnapshotId id) throws IOException {
        return snapshots
                .read(repo, id)
                .orElseThrow(() -> new IOException(
                        "there is no snapshot " + repo + "@" + id + "; \"ekicho mirror snapshots\" lists them"));
    }

    /// What a channel with this history would show of a snapshot.
    View merged(RepoId repo, SnapshotId id, List<ChannelState> history, Instant now, Duration grace)
            throws IOException {
        Snapshot current = snapshot(repo, id);
        List<Snapshot> replaced = new ArrayList<>();
        for (SnapshotId earlier : View.recent(history, repo, now, grace)) {
            if (!earlier.equals(id)) {
                // What is gone already was given up by an admin, or with a longer grace time than this one.
                snapshots.read(repo, earlier).ifPresent(replaced::add);
            }
        }
        return View.of(current, replaced);
    }

    private static void report(RepoId repo, SnapshotId id, List<String> conflicts) {
        if (!conflicts.isEmpty()) {
            LOG.warn(
                    "{}: {} files have other bytes under the same path than in the snapshot that {} replaces, so that"
                            + " a client in the middle of an update may be told of a wrong checksum once: {}{}",
                    repo,
                    conflicts.size(),
                    id,
                    String.join(", ", conflicts.subList(0, Math.min(NAMED, conflicts.size()))),
                    conflicts.size() > NAMED ? " …" : "");
        }
    }

    private String build(Snapshot current, View view) throws IOException {
        List<SnapshotFile> files = new ArrayList<>(current.files());
        files.addAll(view.beside());
        files.sort(Comparator.comparing(SnapshotFile::path));
        room.require(Room.ofTree(files.size()));
        // The generation only ever grows, and grows when a view is taken away: a path is never used again for others
        // than it had, as servers remember small files by their paths.
        int number = Math.toIntExact(generation.value() + 1);
        while (Files.exists(
                root.resolve(MirrorLayout.view(current.repo(), current.id(), number)), LinkOption.NOFOLLOW_LINKS)) {
            number++;
        }
        String place = MirrorLayout.view(current.repo(), current.id(), number);
        Path tree = Trees.begin(
                root.resolve(MirrorLayout.STAGE),
                "view-" + current.repo() + "-" + current.id() + "-" + number + "-"
                        + ProcessHandle.current().pid() + "-" + System.nanoTime());
        try {
            // The contents are on the disk since their snapshots are; only names are new.
            Set<Path> folders = new HashSet<>(Trees.fill(tree, files, store));
            Trees.force(folders);
            Trees.place(tree, root.resolve(place));
        } catch (IOException e) {
            Trees.deleteAfter(e, tree);
            throw e;
        }
        return place;
    }
}
