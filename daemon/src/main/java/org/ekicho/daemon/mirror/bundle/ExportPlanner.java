package org.ekicho.daemon.mirror.bundle;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ekicho.daemon.mirror.folder.Channels;
import org.ekicho.daemon.mirror.folder.Snapshots;
import org.ekicho.mirror.bundle.BundleId;
import org.ekicho.mirror.bundle.BundleManifest;
import org.ekicho.mirror.bundle.ExportRecord;
import org.ekicho.mirror.bundle.ManifestWriter;
import org.ekicho.mirror.bundle.Part;
import org.ekicho.mirror.bundle.SnapshotName;
import org.ekicho.mirror.bundle.VolumePlanner;
import org.ekicho.mirror.bundle.VolumeSpec;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.ChannelState;
import org.ekicho.mirror.snapshot.Snapshot;
import org.ekicho.mirror.snapshot.SnapshotFile;
import org.ekicho.mirror.snapshot.SnapshotId;

/// Decides what goes into a bundle.
final class ExportPlanner {
    /// Until a volume is written, its checksum is unknown.
    static final String NO_CHECKSUM = "0".repeat(64);

    private final BundleDesk desk;
    private final Snapshots snapshots;
    private final Channels channels;

    ExportPlanner(BundleDesk desk) {
        this.desk = desk;
        this.snapshots = desk.folder().snapshots();
        this.channels = desk.folder().channels();
    }

    /// What the receiver has.
    ///
    /// @param at when it had just that
    private record Held(
            BundleManifest.Base base,
            Instant at,
            Set<SnapshotName> names,
            Set<String> objects,
            List<SnapshotName> unknown) {}

    ExportPlan plan(ExportOrder order, String site, Instant now) throws IOException {
        List<ChannelState> states = states(order);
        Set<SnapshotName> wanted = wanted(order, states);
        Held held = held(order);
        List<Snapshot> carried = new ArrayList<>();
        Set<String> objects = new HashSet<>();
        for (SnapshotName name : wanted) {
            Snapshot snapshot = read(name);
            snapshot.files().forEach(file -> objects.add(file.sha256()));
            if (!held.names().contains(name)) {
                carried.add(snapshot);
            }
        }
        Instant begun = now.truncatedTo(ChronoUnit.SECONDS);
        BundleManifest unnamed = new BundleManifest(
                BundleId.of(begun, NO_CHECKSUM),
                site,
                begun,
                held.base(),
                carried,
                states,
                volumes(order, carried, held));
        BundleId id = BundleId.of(begun, ManifestWriter.contentSha256(unnamed));
        ExportRecord exported = new ExportRecord(id, List.copyOf(wanted), objects);
        return new ExportPlan(named(unnamed, id), exported, held.unknown(), news(carried, states, held));
    }

    /// A channel may have moved to what the receiver has already: that is news too.
    private static ExportPlan.News news(List<Snapshot> carried, List<ChannelState> states, Held held) {
        boolean moved = states.stream().anyMatch(state -> !state.since().isBefore(held.at()));
        return carried.isEmpty() && !moved ? ExportPlan.News.NOTHING : ExportPlan.News.SOMETHING;
    }

    /// The same bundle under another id.
    static BundleManifest named(BundleManifest draft, BundleId id) {
        return new BundleManifest(
                id, draft.site(), draft.made(), draft.base(), draft.snapshots(), draft.channels(), draft.volumes());
    }

    private List<ChannelState> states(ExportOrder order) throws IOException {
        List<ChannelState> states = new ArrayList<>();
        List<ChannelName> names =
                order.channel().isPresent() ? List.of(order.channel().get()) : channels.names();
        for (ChannelName name : names) {
            Optional<ChannelState> current = channels.current(name);
            if (current.isEmpty()) {
                throw new IOException("there is no channel " + name + " to export; see \"ekicho mirror snapshots\"");
            }
            ChannelState state = current.get();
            Map<RepoId, SnapshotId> chosen = new TreeMap<>(state.snapshots());
            if (!order.repos().isEmpty()) {
                chosen.keySet().retainAll(order.repos());
            }
            if (!chosen.isEmpty()) {
                states.add(new ChannelState(name, state.number(), state.since(), state.why(), chosen));
            }
        }
        return states;
    }

    private Set<SnapshotName> wanted(ExportOrder order, List<ChannelState> states) throws IOException {
        Set<SnapshotName> wanted = new TreeSet<>();
        states.forEach(state -> state.snapshots().forEach((repo, id) -> wanted.add(new SnapshotName(repo, id))));
        if (order.channel().isEmpty()) {
            for (RepoId repo : order.repos().isEmpty() ? snapshots.repos() : order.repos()) {
                List<SnapshotId> all = snapshots.list(repo);
                if (all.isEmpty() && !order.repos().isEmpty()) {
                    throw new IOException("repository " + repo + " has no snapshot to export; sync it first");
                }
                if (!all.isEmpty()) {
                    wanted.add(new SnapshotName(repo, all.getLast()));
                }
            }
        }
        if (wanted.isEmpty()) {
            throw new IOException("there is no snapshot to export; sync a repository first");
        }
        return wanted;
    }

    private Held held(ExportOrder order) throws IOException {
        return switch (order.since()) {
            case Since.Nothing() ->
                new Held(new BundleManifest.Base.Nothing(), Instant.EPOCH, Set.of(), Set.of(), List.of());
            case Since.Last() ->
                held(desk.lastExport(order.receiver())
                        .orElseThrow(() -> new IOException("nothing was exported to \"" + order.receiver()
                                + "\" yet; export without --since first, or name the receiver with --receiver")));
            case Since.Earlier(BundleId id) ->
                held(desk.export(id)
                        .orElseThrow(() -> new IOException(
                                "bundle " + id + " was not exported here; ask the other side for a receipt")));
            case Since.Acknowledged(var receipt) -> {
                Set<String> objects = new HashSet<>();
                List<SnapshotName> unknown = new ArrayList<>();
                for (SnapshotName name : receipt.snapshots()) {
                    snapshots
                            .read(name.repo(), name.id())
                            .ifPresentOrElse(
                                    snapshot -> snapshot.files().forEach(file -> objects.add(file.sha256())),
                                    () -> unknown.add(name));
                }
                yield new Held(
                        new BundleManifest.Base.Acknowledged(receipt.digest()),
                        receipt.made(),
                        Set.copyOf(receipt.snapshots()),
                        objects,
                        unknown);
            }
        };
    }

    private static Held held(ExportRecord exported) {
        return new Held(
                new BundleManifest.Base.Earlier(exported.bundle()),
                exported.bundle().begun(),
                Set.copyOf(exported.snapshots()),
                exported.objects(),
                List.of());
    }

    private Snapshot read(SnapshotName name) throws IOException {
        return snapshots
                .read(name.repo(), name.id())
                .orElseThrow(() -> new IOException("snapshot " + name + " is no longer here"));
    }

    private static List<VolumeSpec> volumes(ExportOrder order, List<Snapshot> carried, Held held) {
        Map<String, Long> missing = new LinkedHashMap<>();
        for (Snapshot snapshot : carried) {
            for (SnapshotFile file : snapshot.files()) {
                if (!held.objects().contains(file.sha256())) {
                    missing.put(file.sha256(), file.size());
                }
            }
        }
        List<VolumeSpec> volumes = new ArrayList<>();
        for (List<Part> parts : VolumePlanner.plan(missing, order.volumeBytes())) {
            volumes.add(new VolumeSpec(volumes.size() + 1, VolumePlanner.bytes(parts), NO_CHECKSUM, parts));
        }
        return volumes;
    }
}
