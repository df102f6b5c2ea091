package org.ekicho.daemon.mirror.sync;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.mirror.settings.ClientGeneration;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.settings.RepoSettings;
import org.ekicho.mirror.settings.Selection;
import org.ekicho.mirror.settings.Upstream;

/// A process that syncs, to be killed. Arguments: folder, address.
final class KilledSync {
    static final RepoId ID = new RepoId("base");

    private KilledSync() {}

    public static void main(String[] arguments) throws IOException {
        SyncReport report = sync(Path.of(arguments[0]), arguments[1]);
        System.exit(report.isGood() ? 0 : 1);
    }

    static SyncReport sync(Path root, String address) throws IOException {
        RepoSettings repo = new RepoSettings(
                ID,
                "Base",
                new RepoSettings.Source.Remote(Upstream.of(address)),
                true,
                Set.of(),
                List.of(),
                Selection.ALL,
                ClientGeneration.EL9,
                Optional.empty(),
                List.of());
        return Syncer.of(MirrorFolder.open(root), InstantSource.system())
                .sync(repo, SyncOptions.USUAL, new SyncProgress());
    }
}
