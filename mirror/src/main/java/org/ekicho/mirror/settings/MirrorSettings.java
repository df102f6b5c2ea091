package org.ekicho.mirror.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// All that an admin decided about the package mirror.
///
/// @param folder        where store, snapshots and channels are
/// @param url           how clients reach this server, without a slash at the end; empty: as they asked
/// @param repos         every repository
/// @param serve         the HTTP service; empty: not served by us
/// @param syncEvery     how often the service syncs by itself; empty: only when told
/// @param grace         how long files of a replaced snapshot stay reachable through a channel; at least the clients'
///                      `metadata_expire` (yum 6 hours, dnf 48)
/// @param keep          how many snapshots of each repository are kept beside those in use
/// @param parallel      downloads at once
/// @param bandwidth     bytes per second for all downloads together; empty: unlimited
public record MirrorSettings(
        String folder,
        Optional<String> url,
        List<RepoSettings> repos,
        Optional<ServeSettings> serve,
        Optional<Duration> syncEvery,
        Duration grace,
        int keep,
        int parallel,
        OptionalLong bandwidth) {
    public static final String DEFAULT_FOLDER = "/var/lib/ekicho/mirror";
    /// dnf's `metadata_expire` is 48 hours; a day more for a client that was asleep.
    public static final Duration DEFAULT_GRACE = Duration.ofDays(3);
    /// Enough to look back a week of daily syncs.
    public static final int DEFAULT_KEEP = 7;
    /// More connections than this annoy mirrors' operators, fewer leave a fast line idle.
    public static final int DEFAULT_PARALLEL = 8;

    public MirrorSettings {
        repos = List.copyOf(repos);
    }

    /// Defaults for a folder without a site file.
    public static MirrorSettings of(String folder, List<RepoSettings> repos) {
        return new MirrorSettings(
                folder,
                Optional.empty(),
                repos,
                Optional.empty(),
                Optional.empty(),
                DEFAULT_GRACE,
                DEFAULT_KEEP,
                DEFAULT_PARALLEL,
                OptionalLong.empty());
    }

    /// The repository of this id.
    public Optional<RepoSettings> repo(RepoId id) {
        return repos.stream().filter(r -> r.id().equals(id)).findFirst();
    }

    /// The same with other repositories.
    public MirrorSettings withRepos(List<RepoSettings> others) {
        return new MirrorSettings(folder, url, others, serve, syncEvery, grace, keep, parallel, bandwidth);
    }

    /// The same in another folder.
    public MirrorSettings in(String other) {
        return new MirrorSettings(other, url, repos, serve, syncEvery, grace, keep, parallel, bandwidth);
    }
}
