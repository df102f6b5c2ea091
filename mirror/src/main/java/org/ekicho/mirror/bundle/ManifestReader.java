package org.ekicho.mirror.bundle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.Refusal;
import org.ekicho.mirror.RefusedException;
import org.ekicho.mirror.location.CheckedPath;
import org.ekicho.mirror.location.Locations;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.ChannelState;
import org.ekicho.mirror.snapshot.Snapshot;
import org.ekicho.mirror.snapshot.SnapshotFile;
import org.ekicho.mirror.snapshot.SnapshotId;
import org.ekicho.mirror.snapshot.SnapshotPath;

/// Reads a manifest. What [ManifestWriter] would not have written exactly so is refused, and so is a manifest whose
/// parts contradict each other.
public final class ManifestReader {
    /// About a million files, at which a manifest has some 200 MB.
    public static final int MAX_BYTES = 256 << 20;
    /// A year of daily snapshots of a hundred repositories is fewer.
    static final int MAX_SNAPSHOTS = 100_000;
    /// Larger than any file on a mirror: 8 TiB.
    static final long MAX_OBJECT_BYTES = 8L << 40;
    /// The year 9999.
    private static final long MAX_MTIME = 253_402_300_799L;

    private final TextLines lines;

    private ManifestReader(byte[] bytes) {
        lines = new TextLines(bytes);
    }

    public static Reading<BundleManifest> decode(byte[] bytes) {
        try {
            if (bytes.length > MAX_BYTES) {
                return refused(MirrorReason.TOO_LARGE, "the manifest has more than " + MAX_BYTES + " bytes");
            }
            BundleManifest manifest = new ManifestReader(bytes).manifest();
            ManifestRules.check(manifest);
            if (!ManifestWriter.writes(manifest, bytes)) {
                return refused(MirrorReason.MALFORMED, "the manifest is not written in the one way that is allowed");
            }
            return new Reading.Done<>(manifest);
        } catch (RefusedException e) {
            return new Reading.Refused<>(e.refusal());
        }
    }

    private static Reading<BundleManifest> refused(MirrorReason reason, String detail) {
        return new Reading.Refused<>(Refusal.of(reason, detail));
    }

    private BundleManifest manifest() throws RefusedException {
        lines.next(ManifestWriter.MAGIC);
        long version = lines.number(Integer.MAX_VALUE);
        if (version != ManifestWriter.VERSION) {
            throw lines.refuse("the bundle has format version " + version + ", and this Ekicho reads version "
                    + ManifestWriter.VERSION);
        }
        lines.next("bundle");
        BundleId id = bundleId();
        lines.next("site");
        String site = lines.text();
        lines.next("made");
        Instant made = lines.time();
        BundleManifest.Base base = base();
        List<Snapshot> snapshots = new ArrayList<>();
        lines.next("snapshots");
        for (int left = lines.count(MAX_SNAPSHOTS); left > 0; left--) {
            snapshots.add(snapshot());
        }
        List<ChannelState> channels = new ArrayList<>();
        lines.next("channels");
        for (int left = lines.count(MAX_SNAPSHOTS); left > 0; left--) {
            channels.add(channel());
        }
        List<VolumeSpec> volumes = new ArrayList<>();
        lines.next("volumes");
        for (int left = lines.count(VolumeSpec.MAX_VOLUMES); left > 0; left--) {
            volumes.add(volume());
        }
        lines.next("end");
        lines.end();
        return new BundleManifest(id, site, made, base, snapshots, channels, volumes);
    }

    private BundleManifest.Base base() throws RefusedException {
        lines.next("based-on");
        String word = lines.field();
        return switch (word) {
            case "nothing" -> new BundleManifest.Base.Nothing();
            case "bundle" -> new BundleManifest.Base.Earlier(bundleId());
            case "receipt" -> new BundleManifest.Base.Acknowledged(lines.hex(64));
            default -> throw lines.refuse("nothing can be based on " + Refusal.quote(word));
        };
    }

    private BundleId bundleId() throws RefusedException {
        String text = lines.field();
        if (!BundleId.isValid(text)) {
            throw lines.refuse("no id of a bundle: " + Refusal.quote(text));
        }
        return new BundleId(text);
    }

    private Snapshot snapshot() throws RefusedException {
        lines.next("snapshot");
        RepoId repo = repo();
        SnapshotId id = snapshotId();
        int count = lines.count(Integer.MAX_VALUE);
        lines.next("revision");
        String revision = lines.text();
        lines.next("origin");
        String origin = lines.text();
        List<SnapshotFile> files = new ArrayList<>();
        for (int left = count; left > 0; left--) {
            lines.next("file");
            SnapshotFile.Kind kind = kind();
            String sha256 = lines.hex(64);
            long size = lines.number(MAX_OBJECT_BYTES);
            long mtime = lines.number(MAX_MTIME);
            files.add(new SnapshotFile(path(), sha256, size, mtime, kind));
        }
        return new Snapshot(repo, id, revision, origin, files);
    }

    private String path() throws RefusedException {
        String path = lines.text();
        if (Locations.check(path, Locations.Use.ANY) instanceof Reading.Refused<CheckedPath>(Refusal refusal)) {
            throw lines.refuse(refusal.reason(), refusal.detail());
        }
        Optional<String> problem = SnapshotPath.problem(path);
        if (problem.isPresent()) {
            throw lines.refuse(MirrorReason.BAD_LOCATION, Refusal.quote(path) + ": " + problem.get());
        }
        return path;
    }

    private SnapshotFile.Kind kind() throws RefusedException {
        String word = lines.field();
        return switch (word) {
            case "package" -> SnapshotFile.Kind.PACKAGE;
            case "metadata" -> SnapshotFile.Kind.METADATA;
            case "tree" -> SnapshotFile.Kind.TREE;
            case "root" -> SnapshotFile.Kind.ROOT;
            default -> throw lines.refuse("no kind of file: " + Refusal.quote(word));
        };
    }

    private ChannelState channel() throws RefusedException {
        lines.next("channel");
        String name = lines.field();
        if (!ChannelName.isValid(name)) {
            throw lines.refuse("no name of a channel: " + Refusal.quote(name));
        }
        int number = (int) lines.number(Integer.MAX_VALUE);
        if (number == 0) {
            throw lines.refuse("states of a channel count from 1");
        }
        Instant since = lines.time();
        int count = lines.count(MAX_SNAPSHOTS);
        lines.next("why");
        String why = lines.text();
        Map<RepoId, SnapshotId> snapshots = new LinkedHashMap<>();
        for (int left = count; left > 0; left--) {
            lines.next("points");
            snapshots.put(repo(), snapshotId());
        }
        return new ChannelState(new ChannelName(name), number, since, why, snapshots);
    }

    private VolumeSpec volume() throws RefusedException {
        lines.next("volume");
        int number = (int) lines.number(VolumeSpec.MAX_VOLUMES);
        long size = lines.number(MAX_OBJECT_BYTES);
        String sha256 = lines.hex(64);
        List<Part> parts = new ArrayList<>();
        for (int left = lines.count(Integer.MAX_VALUE); left > 0; left--) {
            lines.next("part");
            parts.add(new Part(
                    lines.hex(64),
                    lines.number(MAX_OBJECT_BYTES),
                    lines.number(MAX_OBJECT_BYTES),
                    lines.number(MAX_OBJECT_BYTES)));
        }
        return new VolumeSpec(number, size, sha256, parts);
    }

    private RepoId repo() throws RefusedException {
        return repo(lines);
    }

    private SnapshotId snapshotId() throws RefusedException {
        return snapshotId(lines);
    }

    static RepoId repo(TextLines lines) throws RefusedException {
        String text = lines.field();
        if (!RepoId.isValid(text)) {
            throw lines.refuse("no id of a repository: " + Refusal.quote(text));
        }
        return new RepoId(text);
    }

    static SnapshotId snapshotId(TextLines lines) throws RefusedException {
        String text = lines.field();
        if (!SnapshotId.isValid(text)) {
            throw lines.refuse("no id of a snapshot: " + Refusal.quote(text));
        }
        return new SnapshotId(text);
    }
}
