package org.ekicho.mirror.sync;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.ekicho.mirror.snapshot.Snapshot;
import org.ekicho.mirror.snapshot.SnapshotFile;

/// What a repository's newest snapshot has, by path.
public final class Catalog {
    /// Of a repository that was never synced.
    public static final Catalog EMPTY = new Catalog(Map.of());

    private final Map<String, SnapshotFile> byPath;

    private Catalog(Map<String, SnapshotFile> byPath) {
        this.byPath = byPath;
    }

    public static Catalog of(Snapshot snapshot) {
        Map<String, SnapshotFile> byPath =
                LinkedHashMap.newLinkedHashMap(snapshot.files().size());
        for (SnapshotFile file : snapshot.files()) {
            byPath.put(file.path(), file);
        }
        return new Catalog(byPath);
    }

    public Optional<SnapshotFile> at(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    public Collection<SnapshotFile> files() {
        return byPath.values();
    }
}
