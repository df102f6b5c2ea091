package org.ekicho.daemon.mirror.sync;

import java.time.Duration;
import org.ekicho.mirror.sync.SyncRequest;

/// How far one run goes.
///
/// @param extent whether the plan is carried out
/// @param older  whether an upstream that is older than before is taken
/// @param patience how long to wait for another run on the same repository
public record SyncOptions(Extent extent, SyncRequest.Older older, Duration patience) {
    /// What the timer does.
    public static final SyncOptions USUAL = new SyncOptions(Extent.PUBLISH, SyncRequest.Older.HELD, Duration.ZERO);

    /// Whether the plan is carried out.
    public enum Extent {
        PUBLISH,
        /// Metadata is fetched, nothing else.
        PLAN_ONLY
    }
}
