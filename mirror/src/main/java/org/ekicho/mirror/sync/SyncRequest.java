package org.ekicho.mirror.sync;

import java.util.Optional;
import org.ekicho.mirror.metadata.PrimaryReader;
import org.ekicho.mirror.metadata.TreeInfo;
import org.ekicho.mirror.repodata.Repomd;
import org.ekicho.mirror.settings.RepoId;

/// Everything that a plan is made from.
///
/// @param repo     whose
/// @param repomd   what upstream offers now
/// @param primary  its packages
/// @param selected which of those are wanted
/// @param tree     the install tree that lies in the repository, if any
/// @param have     what the newest snapshot has
/// @param known    what is in the store
/// @param seen     the youngest upstream state accepted before
/// @param older    what to do when this one is older
public record SyncRequest(
        RepoId repo,
        Repomd repomd,
        PrimaryReader.Primary primary,
        Selected selected,
        Optional<TreeInfo> tree,
        Catalog have,
        KnownContents known,
        Seen seen,
        Older older) {
    /// What to do when upstream is older than what was seen before.
    public enum Older {
        /// Hold: nothing is fetched, the old snapshot stays.
        HELD,
        /// Go on: the operator knows of it.
        ACCEPTED
    }
}
