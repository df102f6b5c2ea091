package org.ekicho.daemon.mirror.bundle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.ekicho.mirror.bundle.BundleManifest;
import org.ekicho.mirror.bundle.Part;
import org.ekicho.mirror.bundle.VolumeSpec;
import org.ekicho.mirror.snapshot.Snapshot;
import org.ekicho.mirror.snapshot.SnapshotFile;

/// What a snapshot still lacks, and where that would come from.
final class Completion {
    private Completion() {}

    /// Objects that are missing, with their sizes in bytes.
    static Map<String, Long> missing(Snapshot snapshot, Predicate<String> has) {
        Map<String, Long> missing = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        for (SnapshotFile file : snapshot.files()) {
            if (seen.add(file.sha256()) && !has.test(file.sha256())) {
                missing.put(file.sha256(), file.size());
            }
        }
        return missing;
    }

    /// What it waits for, in words.
    static String why(BundleManifest manifest, Set<String> missing, Predicate<BundleManifest.Base> imported)
            throws IOException {
        List<String> volumes = new ArrayList<>();
        Set<String> here = new HashSet<>();
        for (VolumeSpec volume : manifest.volumes()) {
            boolean needed = false;
            for (Part part : volume.parts()) {
                if (missing.contains(part.sha256())) {
                    here.add(part.sha256());
                    needed = true;
                }
            }
            if (needed) {
                volumes.add(String.valueOf(volume.number()));
            }
        }
        List<String> reasons = new ArrayList<>();
        if (!volumes.isEmpty()) {
            reasons.add("volume " + String.join(", ", volumes) + " of bundle " + manifest.id());
        }
        if (here.size() < missing.size()) {
            reasons.add(elsewhere(manifest.base(), imported));
        }
        return String.join(", and ", reasons);
    }

    private static String elsewhere(BundleManifest.Base base, Predicate<BundleManifest.Base> imported) {
        return switch (base) {
            case BundleManifest.Base.Nothing() -> "objects that its bundle should carry and does not; export it again";
            case BundleManifest.Base.Earlier(var bundle) ->
                imported.test(base)
                        ? "objects that bundle " + bundle + " or one before it brought and that are gone here; carry a"
                                + " receipt to the other side (ekicho mirror receipt) and export --since it"
                        : "bundle " + bundle + " or one before it, which it builds on";
            case BundleManifest.Base.Acknowledged(var _) ->
                "objects that were here when the receipt was made and are gone; make a new receipt (ekicho mirror"
                        + " receipt) and export --since it";
        };
    }
}
