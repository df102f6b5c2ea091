package org.ekicho.mirror.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.SnapshotId;

/// What was served when: it turns "fetched repomd.xml of channel prod on Tuesday" into a snapshot.
///
/// @param switches  of all channels, oldest first
/// @param snapshots that exist, of each repository, oldest first
/// @param aliases   old addresses (`centos/7/os/x86_64`) of repositories in `latest`
public record ServedHistory(
        List<Switch> switches, Map<RepoId, List<SnapshotId>> snapshots, Map<String, RepoId> aliases) {
    public ServedHistory {
        switches = List.copyOf(switches);
        snapshots = Map.copyOf(snapshots);
        aliases = Map.copyOf(aliases);
    }

    /// A channel began to point to these.
    public record Switch(ChannelName channel, Instant since, Map<RepoId, SnapshotId> snapshots) {
        public Switch {
            snapshots = Map.copyOf(snapshots);
        }
    }

    /// What a channel showed of a repository then; empty when nothing, or when that is forgotten.
    public Optional<SnapshotId> shown(ChannelName channel, RepoId repo, Instant then) {
        SnapshotId found = null;
        for (Switch one : switches) {
            // The log has whole seconds.
            if (one.channel.equals(channel) && one.since.getEpochSecond() <= then.getEpochSecond()) {
                found = one.snapshots.get(repo);
            }
        }
        return Optional.ofNullable(found);
    }

    /// How many published states of a repository are newer than this one, up to what the channel shows now;
    /// without a channel, up to the newest. 0: it is up to date, or ahead of a channel that was rolled back.
    public int behind(Optional<ChannelName> channel, RepoId repo, SnapshotId has) {
        Optional<SnapshotId> now = channel.flatMap(name -> shown(name, repo, Instant.MAX));
        TreeSet<SnapshotId> published = new TreeSet<>(snapshots.getOrDefault(repo, List.of()));
        if (channel.isPresent()) {
            // What the channel skipped was never offered to its clients.
            published.clear();
            for (Switch one : switches) {
                SnapshotId shown = one.channel.equals(channel.get()) ? one.snapshots.get(repo) : null;
                if (shown != null) {
                    published.add(shown);
                }
            }
        }
        TreeSet<SnapshotId> newer = new TreeSet<>(published.tailSet(has, false));
        now.ifPresent(current -> newer.removeIf(id -> id.compareTo(current) > 0));
        return newer.size();
    }
}
