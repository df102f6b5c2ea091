package org.ekicho.daemon.mirror.bundle;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ekicho.mirror.bundle.BundleKey;
import org.ekicho.mirror.bundle.BundleManifest;
import org.ekicho.mirror.bundle.VolumeSpec;

/// A bundle whose signature is right and whose manifest is good; its volumes are found, not read.
final class FoundBundle {
    private final Path folder;
    private final BundleManifest manifest;
    private final BundleKey key;
    private final Map<Integer, Path> volumes = new TreeMap<>();

    FoundBundle(Path folder, BundleManifest manifest, BundleKey key) {
        this.folder = folder;
        this.manifest = manifest;
        this.key = key;
    }

    /// Where its manifest and signature are.
    Path folder() {
        return folder;
    }

    BundleManifest manifest() {
        return manifest;
    }

    BundleKey key() {
        return key;
    }

    /// The first place of a volume counts.
    void add(int number, Path file) {
        volumes.putIfAbsent(number, file);
    }

    /// Volumes that were found, by number.
    Map<Integer, Path> volumes() {
        return volumes;
    }

    /// Volumes that were not found.
    List<VolumeSpec> missing() {
        List<VolumeSpec> missing = new ArrayList<>();
        for (VolumeSpec volume : manifest.volumes()) {
            if (!volumes.containsKey(volume.number())) {
                missing.add(volume);
            }
        }
        return missing;
    }
}
