package org.ekicho.daemon.mirror;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.daemon.mirror.sync.RepoFolder;
import org.ekicho.daemon.mirror.sync.SyncOptions;
import org.ekicho.daemon.mirror.sync.SyncProgress;
import org.ekicho.daemon.mirror.sync.SyncReport;
import org.ekicho.daemon.mirror.sync.Syncer;
import org.ekicho.mirror.settings.RepoSettings;

/// Syncs every enabled repository that has an upstream, one after the other.
public final class UpstreamSync implements BackgroundSync {
    private final InstantSource clock;

    public UpstreamSync(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public List<LastSync> run(MirrorFolder folder) throws IOException, InterruptedException {
        List<LastSync> runs = new ArrayList<>();
        Syncer syncer = Syncer.of(folder, clock);
        for (RepoSettings repo : RepoFolder.with(folder)) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (repo.enabled() && !(repo.source() instanceof RepoSettings.Source.Bundles)) {
                runs.add(told(syncer.sync(repo, SyncOptions.USUAL, new SyncProgress())));
            }
        }
        return runs;
    }

    @Override
    public List<LastSync> last(MirrorFolder folder) throws IOException {
        List<LastSync> runs = new ArrayList<>();
        for (RepoSettings repo : RepoFolder.with(folder)) {
            Syncer.last(folder, repo).map(UpstreamSync::told).ifPresent(runs::add);
        }
        return runs;
    }

    private static LastSync told(SyncReport report) {
        return new LastSync(
                report.repo(),
                report.endedAt().toString(),
                report.isGood() ? Verdict.GOOD : Verdict.FAILED,
                report.sentence());
    }
}
