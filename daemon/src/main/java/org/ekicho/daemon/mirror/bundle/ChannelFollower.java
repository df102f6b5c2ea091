package org.ekicho.daemon.mirror.bundle;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ekicho.daemon.mirror.folder.Channels;
import org.ekicho.daemon.mirror.folder.Snapshots;
import org.ekicho.mirror.bundle.BundleManifest;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.ChannelState;
import org.ekicho.mirror.snapshot.Snapshot;
import org.ekicho.mirror.snapshot.SnapshotId;

/// Lets channels follow what was imported. Bundles may come in any order, so that nothing ever goes back: `latest` only
/// to newer snapshots, a mapped channel only to a newer state of the sender's.
final class ChannelFollower {
    private final BundleDesk desk;
    private final Channels channels;
    private final Snapshots snapshots;
    private final ImportOrder.Pointing pointing;

    ChannelFollower(BundleDesk desk, ImportOrder.Pointing pointing) {
        this.desk = desk;
        this.channels = desk.folder().channels();
        this.snapshots = desk.folder().snapshots();
        this.pointing = pointing;
    }

    /// @return what was done, in words
    List<String> follow(BundleManifest manifest, Instant now) throws IOException {
        return switch (pointing) {
            case ImportOrder.Pointing.Nothing() -> List.of();
            case ImportOrder.Pointing.Latest() -> latest(manifest, now);
            case ImportOrder.Pointing.Mapped(var map) -> mapped(manifest, map, now);
        };
    }

    private List<String> latest(BundleManifest manifest, Instant now) throws IOException {
        Map<RepoId, SnapshotId> there = channels.current(ChannelName.LATEST)
                .map(ChannelState::snapshots)
                .orElse(Map.of());
        Map<RepoId, SnapshotId> newer = new TreeMap<>();
        for (Snapshot snapshot : manifest.snapshots()) {
            SnapshotId current = newer.getOrDefault(snapshot.repo(), there.get(snapshot.repo()));
            boolean isNewer = current == null || current.compareTo(snapshot.id()) < 0;
            if (isNewer && snapshots.read(snapshot.repo(), snapshot.id()).isPresent()) {
                newer.put(snapshot.repo(), snapshot.id());
            }
        }
        if (newer.isEmpty()) {
            return List.of();
        }
        channels.point(ChannelName.LATEST, newer, now, "import of bundle " + manifest.id());
        return words(ChannelName.LATEST, newer);
    }

    private List<String> mapped(BundleManifest manifest, Map<ChannelName, ChannelName> map, Instant now)
            throws IOException {
        List<String> done = new ArrayList<>();
        for (ChannelState state : manifest.channels()) {
            ChannelName here = map.get(state.channel());
            if (here == null || !allThere(state)) {
                continue;
            }
            Optional<Instant> applied = desk.applied(here);
            if (applied.isPresent() && applied.get().isAfter(state.since())) {
                continue;
            }
            boolean changes = !channels.current(here)
                    .map(ChannelState::snapshots)
                    .orElse(Map.of())
                    .entrySet()
                    .containsAll(state.snapshots().entrySet());
            if (changes) {
                channels.point(
                        here,
                        state.snapshots(),
                        now,
                        "import of bundle " + manifest.id() + ", " + state.channel() + " of " + manifest.site());
                done.addAll(words(here, state.sorted()));
            }
            desk.markApplied(here, state.since());
        }
        return done;
    }

    private boolean allThere(ChannelState state) throws IOException {
        for (Map.Entry<RepoId, SnapshotId> each : state.snapshots().entrySet()) {
            if (snapshots.read(each.getKey(), each.getValue()).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private static List<String> words(ChannelName channel, Map<RepoId, SnapshotId> snapshots) {
        return snapshots.entrySet().stream()
                .map(each -> channel + " of " + each.getKey() + " is " + each.getValue())
                .toList();
    }
}
