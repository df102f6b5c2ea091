package org.ekicho.daemon.mirror.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.ekicho.host.files.FileLatch;
import org.ekicho.mirror.settings.MirrorSettings;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.MirrorLayout;

/// The mirror's folder, opened: the only place that knows how its parts lie on disk ([MirrorLayout] names them).
/// Several processes may have it open at once; whoever changes a repository holds its lock.
public final class MirrorFolder {
    private final Path root;
    private final MirrorSettings settings;
    private final Locks locks;
    private final Generation generation;
    private final Room room;
    private final DiskStore store;
    private final DiskSnapshots snapshots;
    private final DiskChannels channels;

    private MirrorFolder(Path root, MirrorSettings settings, DiskSnapshots.Durability durability) {
        this.root = root;
        this.settings = settings;
        this.locks = new Locks(root.resolve(MirrorLayout.LOCKS));
        this.generation = new Generation(root.resolve(MirrorLayout.GENERATION), locks);
        this.room = new Room(root);
        this.store = new DiskStore(root);
        this.snapshots = new DiskSnapshots(root, store, locks, room, durability);
        this.channels = new DiskChannels(
                root, new Views(root, store, snapshots, room, generation), locks, generation, settings.grace());
    }

    /// The same as [#open(Path,MirrorSettings)] with default settings.
    public static MirrorFolder open(Path root) throws IOException {
        return open(root, MirrorSettings.of(root.toString(), List.of()));
    }

    /// Opens the folder; makes what is missing of it, and clears what a run that was killed left behind.
    ///
    /// @param settings of which grace time, number of kept snapshots and aliases count here; its folder does not
    /// @throws IOException when it cannot be written, or lies on a file system without hard links
    public static MirrorFolder open(Path root, MirrorSettings settings) throws IOException {
        return open(root, settings, DiskSnapshots.Durability.FILE_SYSTEM);
    }

    static MirrorFolder open(Path root, MirrorSettings settings, DiskSnapshots.Durability durability)
            throws IOException {
        MirrorFolder folder = new MirrorFolder(root.toAbsolutePath().normalize(), settings, durability);
        new Opening(folder.root, folder.store, folder.locks, folder.generation, folder.channels).run();
        return folder;
    }

    /// Whether a mirror lies in this folder.
    public static boolean isOne(Path root) {
        return Files.isDirectory(root.resolve(MirrorLayout.MANIFESTS));
    }

    public Path root() {
        return root;
    }

    public MirrorSettings settings() {
        return settings;
    }

    public ContentStore store() {
        return store;
    }

    public Snapshots snapshots() {
        return snapshots;
    }

    public Channels channels() {
        return channels;
    }

    /// Snapshots that are never removed.
    public Pins pins() {
        return new Pins(root);
    }

    /// Old addresses.
    public Aliases aliases() {
        return new Aliases(root, channels, locks, generation);
    }

    /// What removes snapshots and contents that are of no use any more.
    public Collector collector() {
        return new Collector(root, settings, store, snapshots, channels, pins(), locks, generation);
    }

    /// Takes the lock of a repository; the kernel frees it when the process ends in any way.
    ///
    /// @throws LockedException when another run has it: it says which process, what it does and since when
    public RepoLock lock(RepoId repo, String purpose) throws IOException {
        return lock(repo, purpose, Duration.ZERO);
    }

    /// The same, but waits for it as long as told.
    public RepoLock lock(RepoId repo, String purpose, Duration wait) throws IOException {
        return locks.repo(repo, purpose, wait);
    }

    /// Keeps the garbage collector away until closed, for whoever reads contents for long or brings new ones without
    /// changing a repository.
    public RepoLock keepContents() throws IOException {
        FileLatch latch = locks.sharedStore();
        return latch::close;
    }

    /// Checks that so many more bytes can be written, and some still left for the publishing.
    ///
    /// @throws DiskFullException when not
    public void requireRoom(long bytes) throws IOException {
        room.require(bytes);
    }

    /// The folder in which a run on this repository works. What an earlier run left there is still there, so that
    /// downloads can be resumed; only the holder of the lock touches it.
    public Path stage(RepoId repo) throws IOException {
        return Files.createDirectories(root.resolve(MirrorLayout.STAGE).resolve(repo.text()));
    }

    /// A folder for what makes the next run faster. It may vanish between runs.
    public Path cache(RepoId repo) throws IOException {
        return Files.createDirectories(root.resolve(MirrorLayout.CACHE).resolve(repo.text()));
    }
}
