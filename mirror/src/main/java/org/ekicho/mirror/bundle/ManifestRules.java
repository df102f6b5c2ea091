package org.ekicho.mirror.bundle;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Refusal;
import org.ekicho.mirror.RefusedException;
import org.ekicho.mirror.snapshot.MirrorLayout;
import org.ekicho.mirror.snapshot.Snapshot;
import org.ekicho.mirror.snapshot.SnapshotFile;

/// What must hold between the lines of a manifest: paths stay inside and do not clash, an object has one size, its
/// parts follow each other without a gap, and volumes are as large as their parts.
final class ManifestRules {
    private ManifestRules() {}

    static void check(BundleManifest manifest) throws RefusedException {
        Map<String, Long> sizes = new HashMap<>();
        Set<String> names = new HashSet<>();
        for (Snapshot snapshot : manifest.snapshots()) {
            if (!names.add(snapshot.repo() + " " + snapshot.id())) {
                throw refuse("snapshot " + snapshot.id() + " of " + snapshot.repo() + " stands there twice");
            }
            checkFiles(snapshot, sizes);
        }
        checkVolumes(manifest.volumes(), sizes);
    }

    private static void checkFiles(Snapshot snapshot, Map<String, Long> sizes) throws RefusedException {
        Set<String> paths = new HashSet<>();
        String before = "";
        for (SnapshotFile file : snapshot.files()) {
            if (before.compareTo(file.path()) >= 0) {
                throw refuse("the files of snapshot " + snapshot.id() + " of " + snapshot.repo()
                        + " are not sorted by path at " + Refusal.quote(file.path()));
            }
            before = file.path();
            paths.add(before);
            Long known = sizes.putIfAbsent(file.sha256(), file.size());
            if (known != null && known != file.size()) {
                throw refuse("object " + file.sha256() + " has two sizes");
            }
        }
        if (!paths.contains(MirrorLayout.REPOMD)) {
            throw refuse("snapshot " + snapshot.id() + " of " + snapshot.repo() + " has no " + MirrorLayout.REPOMD);
        }
        for (SnapshotFile file : snapshot.files()) {
            checkFolders(file.path(), paths);
        }
    }

    /// No file lies where another path needs a folder.
    private static void checkFolders(String path, Set<String> paths) throws RefusedException {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            if (paths.contains(path.substring(0, slash))) {
                throw refuse(Refusal.quote(path.substring(0, slash)) + " is a file and a folder");
            }
        }
    }

    private static void checkVolumes(List<VolumeSpec> volumes, Map<String, Long> sizes) throws RefusedException {
        Set<String> complete = new HashSet<>();
        String open = "";
        long reached = 0;
        int number = 0;
        for (VolumeSpec volume : volumes) {
            number++;
            if (volume.number() != number) {
                throw refuse("volume " + volume.number() + " stands in the place of volume " + number);
            }
            long size = VolumeCodec.HEADER_BYTES;
            for (Part part : volume.parts()) {
                Long expected = sizes.get(part.sha256());
                if (expected == null || expected != part.objectSize()) {
                    throw refuse("volume " + number + " carries object " + part.sha256()
                            + ", which no snapshot needs in this size");
                }
                if (open.isEmpty() ? complete.contains(part.sha256()) : !open.equals(part.sha256())) {
                    throw refuse("the parts of object " + part.sha256() + " are not one after the other");
                }
                checkPart(part, reached);
                reached = part.isLast() ? 0 : part.offset() + part.length();
                open = part.isLast() ? "" : part.sha256();
                if (part.isLast()) {
                    complete.add(part.sha256());
                }
                size += VolumeCodec.PART_BYTES + part.length();
            }
            if (size != volume.size()) {
                throw refuse("volume " + number + " has " + volume.size() + " bytes, and its parts make " + size);
            }
        }
        if (!open.isEmpty()) {
            throw refuse("object " + open + " does not end in any volume");
        }
    }

    private static void checkPart(Part part, long reached) throws RefusedException {
        boolean empty = part.length() == 0 && part.objectSize() > 0;
        if (empty || part.offset() != reached || part.length() > part.objectSize() - part.offset()) {
            throw refuse("a part of object " + part.sha256() + " has no place in it");
        }
    }

    private static RefusedException refuse(String detail) {
        return new RefusedException(Refusal.of(MirrorReason.MALFORMED, detail));
    }
}
