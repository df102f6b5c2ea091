package org.ekicho.daemon.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.ekicho.daemon.mirror.ServedMirror;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.daemon.mirror.sync.RepoFolder;
import org.ekicho.daemon.mirror.sync.SyncOptions;
import org.ekicho.daemon.mirror.sync.SyncProgress;
import org.ekicho.daemon.mirror.sync.SyncReport;
import org.ekicho.daemon.mirror.sync.Syncer;
import org.ekicho.daemon.supervision.Supervisor;
import org.ekicho.mirror.settings.MirrorSettings;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.settings.RepoSettings;
import org.ekicho.mirror.settings.ServeSettings;

/// The mirror of the demo: the real folder, sync and web server, on the loopback.
public final class Shed implements AutoCloseable {
    /// What it mirrors.
    public static final RepoId REPO = new RepoId("works");

    private final Path root;
    private final Supervisor supervisor = new Supervisor();
    private final MirrorFolder folder;
    private final ServedMirror served;

    /// @param root     its folder, which need not be there yet
    /// @param upstream address of the repository that it mirrors
    public Shed(Path root, String upstream) throws IOException {
        this.root = root;
        Path repoFiles = Files.createDirectories(root.resolve("repos.d"));
        Files.writeString(
                repoFiles.resolve("works.repo"),
                "[" + REPO + "]\nname=What the works make\nbaseurl=" + upstream + "\ngpgcheck=0\n");
        MirrorSettings settings = MirrorSettings.of(root.toString(), List.of());
        folder = MirrorFolder.open(root, settings);
        ServeSettings serve = new ServeSettings(
                List.of("127.0.0.1:0"), List.of(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());
        served = new ServedMirror(folder, settings, serve, supervisor);
    }

    /// Where it is served, without a slash at the end.
    public String address() {
        return served.listening().getFirst();
    }

    /// Its folder, for the commands.
    public Path root() {
        return root;
    }

    /// Brings it to the state of its upstream.
    public SyncReport sync() throws IOException {
        RepoSettings repo = RepoFolder.with(folder).stream()
                .filter(each -> each.id().equals(REPO))
                .findFirst()
                .orElseThrow();
        return Syncer.of(folder, InstantSource.system()).sync(repo, SyncOptions.USUAL, new SyncProgress());
    }

    /// Snapshots that it has.
    public int snapshots() throws IOException {
        return folder.snapshots().list(REPO).size();
    }

    @Override
    public void close() {
        served.close();
        supervisor.close();
    }
}
