package org.ekicho.mirror.snapshot;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ekicho.mirror.settings.RepoId;

/// What a channel shows of a repository: the current snapshot and, beside it, files of snapshots that it replaced a
/// short time ago, which clients that read the former `repomd.xml` still ask for.
///
/// @param beside    files of replaced snapshots that are not in the current one, sorted by path
/// @param conflicts paths of packages and metadata that both have with other bytes; the current one's are shown
public record View(List<SnapshotFile> beside, List<String> conflicts) {
    public View {
        beside = List.copyOf(beside);
        conflicts = List.copyOf(conflicts);
    }

    /// Nothing is shown beside the current snapshot, so that its own tree will do.
    public boolean isPlain() {
        return beside.isEmpty();
    }

    /// Snapshots of a repository that a channel showed within the grace time before `now`, the latest first, each once.
    ///
    /// @param history the channel's states, oldest first, the last of which is the current one
    public static List<SnapshotId> recent(List<ChannelState> history, RepoId repo, Instant now, Duration grace) {
        Set<SnapshotId> recent = new LinkedHashSet<>();
        // Each state was current until the next began; the last one still is.
        Optional<Instant> until = Optional.empty();
        for (ChannelState state : history.reversed()) {
            if (until.isPresent() && until.get().isBefore(now.minus(grace))) {
                break;
            }
            SnapshotId id = state.snapshots().get(repo);
            if (id != null) {
                recent.add(id);
            }
            until = Optional.of(state.since());
        }
        return new ArrayList<>(recent);
    }

    /// Merges.
    ///
    /// @param current  what is pointed to
    /// @param replaced what was, the latest first
    public static View of(Snapshot current, List<Snapshot> replaced) {
        Map<String, String> shown = new HashMap<>(current.files().size() * 2);
        Set<String> folders = new HashSet<>();
        for (SnapshotFile file : current.files()) {
            shown.put(file.path(), file.sha256());
            addFolders(file.path(), folders);
        }
        List<SnapshotFile> beside = new ArrayList<>();
        Set<String> conflicts = new LinkedHashSet<>();
        for (Snapshot old : replaced) {
            for (SnapshotFile file : old.files()) {
                if (!isAskedForByName(file)) {
                    continue;
                }
                String there = shown.get(file.path());
                if (there == null && fits(file.path(), shown, folders)) {
                    shown.put(file.path(), file.sha256());
                    addFolders(file.path(), folders);
                    beside.add(file);
                } else if (there == null || !there.equals(file.sha256())) {
                    conflicts.add(file.path());
                }
            }
        }
        beside.sort((a, b) -> a.path().compareTo(b.path()));
        return new View(beside, conflicts.stream().sorted().toList());
    }

    /// What names the rest is shown in the current form only: an old signature beside a new repomd.xml would be wrong,
    /// an old `.treeinfo` beside a repository without one would lead into nothing.
    private static boolean isAskedForByName(SnapshotFile file) {
        return switch (file.kind()) {
            case PACKAGE, METADATA -> true;
            case TREE -> !file.path().endsWith("treeinfo");
            case ROOT -> false;
        };
    }

    /// Whether a file can be there: no folder has its name, and none of its folders is a file.
    private static boolean fits(String path, Map<String, String> shown, Set<String> folders) {
        if (folders.contains(path)) {
            return false;
        }
        for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            if (shown.containsKey(path.substring(0, slash))) {
                return false;
            }
        }
        return true;
    }

    private static void addFolders(String path, Set<String> folders) {
        for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            if (!folders.add(path.substring(0, slash))) {
                return;
            }
        }
    }
}
