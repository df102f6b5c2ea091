package org.ekicho.daemon.mirror.folder;

import java.io.IOException;
import java.nio.file.Path;
import org.ekicho.mirror.settings.RepoId;

/// The mirror's folder, opened: the only place that knows how its parts lie on disk ([MirrorLayout] names them).
/// Several
/// processes may have it open at once; whoever changes a repository holds its lock.
public final class MirrorFolder {
    private final Path root;

    private MirrorFolder(Path root) {
        this.root = root;
    }

    /// Opens the folder; makes what is missing of it, and clears what a run that was killed left behind.
    ///
    /// @throws IOException when it cannot be written, or lies on a file system without hard links
    public static MirrorFolder open(Path root) throws IOException {
        return new MirrorFolder(root);
    }

    public Path root() {
        return root;
    }

    public ContentStore store() {
        throw new UnsupportedOperationException("not written yet");
    }

    public Snapshots snapshots() {
        throw new UnsupportedOperationException("not written yet");
    }

    public Channels channels() {
        throw new UnsupportedOperationException("not written yet");
    }

    /// Takes the lock of a repository; the kernel frees it when the process ends in any way.
    ///
    /// @throws LockedException when another run has it: it says which process, what it does and since when
    public RepoLock lock(RepoId repo, String purpose) throws IOException {
        throw new UnsupportedOperationException("not written yet");
    }

    /// The folder in which a run on this repository works. What an earlier run left there is still there, so that
    /// downloads can be resumed; only the holder of the lock touches it.
    public Path stage(RepoId repo) throws IOException {
        throw new UnsupportedOperationException("not written yet");
    }

    /// A folder for what makes the next run faster. It may vanish between runs.
    public Path cache(RepoId repo) throws IOException {
        throw new UnsupportedOperationException("not written yet");
    }
}
