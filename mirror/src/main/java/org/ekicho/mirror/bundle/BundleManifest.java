package org.ekicho.mirror.bundle;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ekicho.mirror.snapshot.ChannelState;
import org.ekicho.mirror.snapshot.Snapshot;
import org.ekicho.mirror.snapshot.SnapshotFile;

/// What is in a bundle. It is what gets signed, and it holds the hash of everything else.
///
/// @param id        the bundle's name
/// @param site      who made it, for people
/// @param made      when
/// @param base      what the receiver is expected to have already
/// @param snapshots with their full lists of files, also of those that came in earlier bundles
/// @param channels  what the site's channels pointed to
/// @param volumes   numbered from 1 without a gap
public record BundleManifest(
        BundleId id,
        String site,
        Instant made,
        Base base,
        List<Snapshot> snapshots,
        List<ChannelState> channels,
        List<VolumeSpec> volumes) {
    public static final String FILE_NAME = "bundle.manifest";

    public BundleManifest {
        snapshots = List.copyOf(snapshots);
        channels = List.copyOf(channels);
        volumes = List.copyOf(volumes);
    }

    /// What a bundle builds on.
    public sealed interface Base {
        /// Nothing: it is complete.
        record Nothing() implements Base {}

        /// What this earlier bundle brought.
        record Earlier(BundleId bundle) implements Base {}

        /// What a receipt of the other side lists.
        ///
        /// @param digest SHA-256 of its list of snapshots
        record Acknowledged(String digest) implements Base {}

        /// For people.
        default String words() {
            return switch (this) {
                case Nothing() -> "nothing";
                case Earlier(BundleId bundle) -> "bundle " + bundle;
                case Acknowledged(String digest) -> "receipt " + digest;
            };
        }
    }

    /// Every object that its snapshots are made of, and its size in bytes.
    public Map<String, Long> neededObjects() {
        Map<String, Long> sizes = new LinkedHashMap<>();
        for (Snapshot snapshot : snapshots) {
            for (SnapshotFile file : snapshot.files()) {
                sizes.put(file.sha256(), file.size());
            }
        }
        return sizes;
    }

    /// Every object that its volumes carry, and its size in bytes.
    public Map<String, Long> carriedObjects() {
        Map<String, Long> sizes = new LinkedHashMap<>();
        volumes.forEach(volume -> volume.parts().forEach(part -> sizes.put(part.sha256(), part.objectSize())));
        return sizes;
    }

    /// Bytes of all volumes.
    public long volumeBytes() {
        return volumes.stream().mapToLong(VolumeSpec::size).sum();
    }
}
