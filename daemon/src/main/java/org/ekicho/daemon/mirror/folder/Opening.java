package org.ekicho.daemon.mirror.folder;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ekicho.host.files.FileLatch;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.MirrorLayout;
import org.ekicho.mirror.snapshot.SnapshotId;

/// What is done when the folder is opened: missing parts are made, and, when nobody else works in it, what killed runs
/// left is cleared. All that is cleared was never visible under an address.
final class Opening {
    private static final List<String> PARTS = List.of(
            MirrorLayout.STORE,
            MirrorLayout.SNAPSHOTS,
            MirrorLayout.MANIFESTS,
            MirrorLayout.VIEWS,
            MirrorLayout.CHANNELS,
            MirrorLayout.WWW,
            MirrorLayout.KEYS,
            MirrorLayout.REPO_FILES,
            MirrorLayout.STAGE,
            MirrorLayout.CACHE,
            "log");

    private final Path root;
    private final Locks locks;
    private final Generation generation;
    private final DiskChannels channels;
    private final DiskStore store;

    Opening(Path root, DiskStore store, Locks locks, Generation generation, DiskChannels channels) {
        this.root = root;
        this.locks = locks;
        this.generation = generation;
        this.channels = channels;
        this.store = store;
    }

    void run() throws IOException {
        for (String part : PARTS) {
            Files.createDirectories(root.resolve(part));
        }
        locks.make();
        Path snapshots = root.resolve(MirrorLayout.WWW).resolve(MirrorLayout.SNAPSHOTS);
        if (!Files.exists(snapshots, LinkOption.NOFOLLOW_LINKS)) {
            DiskChannels.replaceLink(snapshots, Path.of("..", MirrorLayout.SNAPSHOTS));
        }
        Optional<FileLatch> alone = locks.tryWholeStore();
        if (alone.isPresent()) {
            try (FileLatch _ = alone.get()) {
                requireHardLinks();
                recover();
            }
        }
        generation.repair();
    }

    private void requireHardLinks() throws IOException {
        Path one = root.resolve(MirrorLayout.STAGE).resolve(Trees.MARK + "link-1");
        Path two = one.resolveSibling(Trees.MARK + "link-2");
        Files.deleteIfExists(two);
        Files.deleteIfExists(one);
        try {
            Files.createFile(one);
            Files.createLink(two, one);
        } catch (FileSystemException e) {
            // On a full disk nothing can be tried, and what only reads works there all the same.
            if (!DiskFullException.isCauseOf(e)) {
                throw noHardLinks(e);
            }
        } catch (UnsupportedOperationException e) {
            throw noHardLinks(e);
        } finally {
            Files.deleteIfExists(two);
            Files.deleteIfExists(one);
        }
    }

    private IOException noHardLinks(Exception cause) {
        return new IOException(
                root + " lies on a file system without hard links (" + cause.getMessage()
                        + "), which the mirror needs; choose a folder on ext4, xfs or btrfs",
                cause);
    }

    private void recover() throws IOException {
        Path stage = root.resolve(MirrorLayout.STAGE);
        for (String name : Trees.names(stage)) {
            if (name.startsWith(Trees.MARK)) {
                Trees.delete(stage.resolve(name));
            }
        }
        recoverSnapshots(stage);
        new StoreCheck(store, root.resolve(MirrorLayout.STORE).resolve("boot")).run();
        for (String name : Trees.names(root.resolve(MirrorLayout.CHANNELS))) {
            if (ChannelName.isValid(name)) {
                ChannelName channel = new ChannelName(name);
                channels.discardAbove(channel, channels.number(channel).orElse(0) + 1);
                deleteHalves(root.resolve(MirrorLayout.CHANNELS).resolve(name));
            }
        }
        deleteHalves(root.resolve(MirrorLayout.WWW));
    }

    /// Removes trees without a manifest: their run ended before they existed.
    private void recoverSnapshots(Path stage) throws IOException {
        Path snapshots = root.resolve(MirrorLayout.SNAPSHOTS);
        for (String repo : Trees.names(snapshots)) {
            for (String id : Trees.names(snapshots.resolve(repo))) {
                boolean named = RepoId.isValid(repo) && SnapshotId.isValid(id);
                if (named && !Files.exists(root.resolve(MirrorLayout.manifest(new RepoId(repo), new SnapshotId(id))))) {
                    Trees.remove(snapshots.resolve(repo).resolve(id), stage);
                }
            }
            deleteHalves(root.resolve(MirrorLayout.MANIFESTS).resolve(repo));
        }
    }

    /// Deletes files that were written beside those that they would have replaced.
    private static void deleteHalves(Path folder) throws IOException {
        for (String name : Trees.names(folder)) {
            if (name.startsWith(".") && name.endsWith(".new")) {
                Files.deleteIfExists(folder.resolve(name));
            }
        }
    }
}
