package org.ekicho.mirror.bundle;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.ChannelState;
import org.ekicho.mirror.snapshot.Snapshot;
import org.ekicho.mirror.snapshot.SnapshotFile;
import org.ekicho.mirror.snapshot.SnapshotId;

/// A small bundle in memory: one snapshot, one object that is cut, one that is empty.
final class Bundles {
    static final Instant MADE = Instant.parse("2026-11-27T10:15:00Z");
    /// Small enough that the largest object is cut into three.
    static final long VOLUME_BYTES = 4_096;

    private Bundles() {}

    record Written(BundleManifest manifest, List<byte[]> volumes) {
        Written {
            volumes = List.copyOf(volumes);
        }
    }

    static Map<String, byte[]> contents() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("Packages/a b-1-1.noarch.rpm", "package a".repeat(1_000).getBytes(StandardCharsets.UTF_8));
        files.put("Packages/empty", new byte[0]);
        files.put("repodata/0f-primary.xml.gz", "primary".getBytes(StandardCharsets.UTF_8));
        files.put("repodata/repomd.xml", "<repomd/>".getBytes(StandardCharsets.UTF_8));
        return files;
    }

    static Written write() {
        List<SnapshotFile> files = new ArrayList<>();
        Map<String, Long> sizes = new LinkedHashMap<>();
        Map<String, byte[]> objects = new LinkedHashMap<>();
        contents().forEach((path, bytes) -> {
            String sha256 = Sha256.hex(bytes);
            SnapshotFile.Kind kind = path.startsWith("P") ? SnapshotFile.Kind.PACKAGE : SnapshotFile.Kind.METADATA;
            files.add(new SnapshotFile(path, sha256, bytes.length, 1_767_225_600L, kind));
            sizes.put(sha256, (long) bytes.length);
            objects.put(sha256, bytes);
        });
        RepoId repo = new RepoId("own");
        SnapshotId snapshot = SnapshotId.of(MADE, files.getLast().sha256());
        Snapshot state = new Snapshot(repo, snapshot, "1767225600", "index of /srv/rpms", files);
        var pointing = new ChannelState(new ChannelName("latest"), 3, MADE, "sync", Map.of(repo, snapshot));
        BundleId id = BundleId.of(MADE, Sha256.hex(new byte[] {1}));
        List<List<Part>> plan = VolumePlanner.plan(sizes, VOLUME_BYTES);
        List<byte[]> volumes = new ArrayList<>();
        List<VolumeSpec> specs = new ArrayList<>();
        for (List<Part> parts : plan) {
            byte[] bytes = volume(id, volumes.size() + 1, plan.size(), parts, objects);
            volumes.add(bytes);
            specs.add(new VolumeSpec(volumes.size(), bytes.length, Sha256.hex(bytes), parts));
        }
        BundleManifest manifest = new BundleManifest(
                id, "Nord", MADE, new BundleManifest.Base.Nothing(), List.of(state), List.of(pointing), specs);
        return new Written(manifest, volumes);
    }

    private static byte[] volume(BundleId id, int number, int count, List<Part> parts, Map<String, byte[]> objects) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(VolumeCodec.encodeHeader(id, number, count, parts.size(), VolumePlanner.bytes(parts)));
        for (Part part : parts) {
            out.writeBytes(VolumeCodec.encodePartHeader(part));
            byte[] object = objects.getOrDefault(part.sha256(), new byte[0]);
            byte[] bytes = Arrays.copyOfRange(object, (int) part.offset(), (int) (part.offset() + part.length()));
            out.writeBytes(bytes);
            out.writeBytes(HexFormat.of().parseHex(Sha256.hex(bytes)));
        }
        return out.toByteArray();
    }

    static BundleSecret secret(String site) throws NoSuchAlgorithmException {
        return BundleSecret.of(site, KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    }
}
