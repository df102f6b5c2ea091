package org.ekicho.daemon.mirror.folder;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ekicho.host.files.DurableFile;
import org.ekicho.host.files.FileLatch;
import org.ekicho.host.files.FileSystemSync;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.ManifestException;
import org.ekicho.mirror.snapshot.MirrorLayout;
import org.ekicho.mirror.snapshot.Snapshot;
import org.ekicho.mirror.snapshot.SnapshotCodec;
import org.ekicho.mirror.snapshot.SnapshotFile;
import org.ekicho.mirror.snapshot.SnapshotId;

/// The snapshots as trees and manifests.
final class DiskSnapshots implements Snapshots {
    /// How new contents are brought to the disk before a manifest speaks of them.
    enum Durability {
        /// One call for the whole file system.
        FILE_SYSTEM,
        /// File by file.
        EACH_FILE
    }

    private static final String SUFFIX = ".snapshot";
    private static final int BUFFER = 1 << 16;

    private final Path root;
    private final DiskStore store;
    private final Locks locks;
    private final Room room;
    private final Durability durability;

    DiskSnapshots(Path root, DiskStore store, Locks locks, Room room, Durability durability) {
        this.root = root;
        this.store = store;
        this.locks = locks;
        this.room = room;
        this.durability = durability;
    }

    @Override
    public List<RepoId> repos() throws IOException {
        List<RepoId> repos = new ArrayList<>();
        for (String name : Trees.names(root.resolve(MirrorLayout.MANIFESTS))) {
            if (RepoId.isValid(name) && !list(new RepoId(name)).isEmpty()) {
                repos.add(new RepoId(name));
            }
        }
        return repos;
    }

    @Override
    public List<SnapshotId> list(RepoId repo) throws IOException {
        return Trees.names(root.resolve(MirrorLayout.MANIFESTS + "/" + repo)).stream()
                .filter(name -> name.endsWith(SUFFIX))
                .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                .filter(SnapshotId::isValid)
                .map(SnapshotId::new)
                .toList();
    }

    @Override
    public Optional<Snapshot> read(RepoId repo, SnapshotId id) throws IOException {
        Path manifest = root.resolve(MirrorLayout.manifest(repo, id));
        try (InputStream in = new BufferedInputStream(Files.newInputStream(manifest), BUFFER)) {
            Snapshot snapshot = SnapshotCodec.parse(in);
            if (!snapshot.repo().equals(repo) || !snapshot.id().equals(id)) {
                throw new IOException(
                        manifest + " is the manifest of another snapshot: " + snapshot.repo() + "@" + snapshot.id());
            }
            return Optional.of(snapshot);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (ManifestException e) {
            throw new IOException(manifest + ", " + e.getMessage() + "; was it edited?", e);
        }
    }

    @Override
    public Snapshot publish(RepoId repo, String revision, String origin, List<SnapshotFile> files, Instant now)
            throws IOException {
        List<SnapshotFile> sorted = new ArrayList<>(files);
        sorted.sort(Comparator.comparing(SnapshotFile::path));
        SnapshotFile repomd = sorted.stream()
                .filter(file -> file.path().equals(MirrorLayout.REPOMD))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a snapshot without " + MirrorLayout.REPOMD));
        Optional<Snapshot> newest = newest(repo);
        if (newest.isPresent() && isSame(newest.get().files(), sorted)) {
            return newest.get();
        }
        SnapshotId id = SnapshotId.of(now, repomd.sha256());
        // Never before the newest one, and never twice the same: ids are in the order in which they were made.
        Instant at = now;
        while (newest.isPresent() && id.compareTo(newest.get().id()) <= 0) {
            at = (at.isBefore(newest.get().id().madeAt()) ? newest.get().id().madeAt() : at).plusSeconds(1);
            id = SnapshotId.of(at, repomd.sha256());
        }
        return publishAs(new Snapshot(repo, id, revision, origin, sorted));
    }

    /// Whether a client would see no difference.
    private static boolean isSame(List<SnapshotFile> one, List<SnapshotFile> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (!one.get(i).path().equals(other.get(i).path())
                    || !one.get(i).sha256().equals(other.get(i).sha256())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Snapshot publishAs(Snapshot snapshot) throws IOException {
        SnapshotCodec.misplaced(snapshot.files()).ifPresent(path -> {
            throw new IllegalArgumentException(
                    "the file " + path + " is there twice, out of order, or inside of another file");
        });
        try (FileLatch _ = locks.sharedStore()) {
            Optional<Snapshot> there = read(snapshot.repo(), snapshot.id());
            if (there.isPresent()) {
                if (isSame(there.get().files(), snapshot.files())) {
                    return there.get();
                }
                throw new IOException("there is another snapshot " + snapshot.repo() + "@" + snapshot.id()
                        + " with other files; it stays as it is");
            }
            room.require(Room.ofTree(snapshot.files().size()));
            build(snapshot);
        }
        return snapshot;
    }

    private void build(Snapshot snapshot) throws IOException {
        Path stage = root.resolve(MirrorLayout.STAGE);
        Path place = root.resolve(MirrorLayout.snapshot(snapshot.repo(), snapshot.id()));
        Trees.remove(place, stage);
        Path tree = Trees.begin(stage, "snapshot-" + snapshot.repo() + "-" + snapshot.id());
        try {
            List<Path> fresh = prepare(snapshot.files());
            Set<Path> folders = Trees.fill(tree, snapshot.files(), store);
            switch (durability) {
                case FILE_SYSTEM -> FileSystemSync.sync(root);
                case EACH_FILE -> {
                    Trees.force(fresh);
                    Trees.force(fresh.stream()
                            .map(file -> file.resolveSibling(""))
                            .distinct()
                            .toList());
                    Trees.force(folders);
                }
            }
            Trees.place(tree, place);
            Path manifest = root.resolve(MirrorLayout.manifest(snapshot.repo(), snapshot.id()));
            Trees.makeDurably(manifest.resolveSibling(""));
            ByteArrayOutputStream text = new ByteArrayOutputStream(BUFFER);
            SnapshotCodec.format(snapshot, text);
            new DurableFile(manifest).write(text.toByteArray());
        } catch (IOException e) {
            Trees.deleteAfter(e, tree);
            if (!Files.exists(root.resolve(MirrorLayout.manifest(snapshot.repo(), snapshot.id())))) {
                Trees.deleteAfter(e, place);
            }
            throw e;
        }
    }

    /// Checks that every content is there and as long as it should be, and dates those that no tree shows yet. A
    /// content
    /// has one date for all its names: the one it was first published with.
    ///
    /// @return those that no tree shows yet
    private List<Path> prepare(List<SnapshotFile> files) throws IOException {
        List<Path> fresh = new ArrayList<>();
        for (SnapshotFile file : files) {
            Path content = store.path(file.sha256());
            if (!store.has(file.sha256())) {
                throw new IOException("the content of " + file.path() + " (" + file.sha256()
                        + ") is not in the store; sync the repository again");
            }
            long size = Files.size(content);
            if (size != file.size()) {
                throw new IOException("the content of " + file.path() + " has " + size
                        + " bytes in the store, but should have " + file.size() + "; delete " + content
                        + " and sync the repository again");
            }
            if (DiskStore.links(content) == 1) {
                Files.setLastModifiedTime(content, FileTime.from(Instant.ofEpochSecond(file.mtimeSeconds())));
                fresh.add(content);
            }
        }
        return fresh;
    }
}
