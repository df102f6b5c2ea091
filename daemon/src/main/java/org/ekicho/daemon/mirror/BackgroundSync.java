package org.ekicho.daemon.mirror;

import java.io.IOException;
import java.util.List;
import org.ekicho.daemon.mirror.folder.MirrorFolder;

/// What the timer runs: brings every enabled repository to the state of its upstream.
public interface BackgroundSync {
    /// Runs once; what goes wrong with one repository is told, and does not keep the others.
    ///
    /// @return how it went, one for each repository
    List<LastSync> run(MirrorFolder folder) throws IOException, InterruptedException;

    /// How the last run on each repository went, also of one by hand.
    List<LastSync> last(MirrorFolder folder) throws IOException;

    /// How a run on a repository went.
    ///
    /// @param repo     its id
    /// @param at       when it ended, ISO 8601
    /// @param verdict  whether it is good
    /// @param sentence for people
    record LastSync(String repo, String at, Verdict verdict, String sentence) {}

    /// Whether a run is good.
    enum Verdict {
        GOOD,
        FAILED
    }

    /// Without any: nothing is synced, nothing is told.
    BackgroundSync NONE = new BackgroundSync() {
        @Override
        public List<LastSync> run(MirrorFolder folder) {
            return List.of();
        }

        @Override
        public List<LastSync> last(MirrorFolder folder) {
            return List.of();
        }
    };
}
