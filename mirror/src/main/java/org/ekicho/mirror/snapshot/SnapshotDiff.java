package org.ekicho.mirror.snapshot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ekicho.mirror.rpm.Evr;
import org.ekicho.mirror.rpm.RpmVersions;

/// What changes for clients between two snapshots, by the names of package files. Those have no epoch, so that an
/// upgrade
/// which only a higher epoch makes one is shown as a downgrade.
///
/// @param added      packages of names that were not there
/// @param removed    packages of names that are not there any more
/// @param upgraded   names whose newest version is newer now
/// @param downgraded names whose newest version is older now
/// @param builds     packages that came or went beside others of their name, which stay the newest
/// @param altered    packages of the same name, version and architecture with other bytes: somebody rebuilt or
/// re-signed
///                   them in place
/// @param advisories ids of advisories that are new
public record SnapshotDiff(
        List<PackageName> added,
        List<PackageName> removed,
        List<Move> upgraded,
        List<Move> downgraded,
        List<Build> builds,
        List<PackageName> altered,
        List<String> advisories) {
    private static final Comparator<PackageName> NEWEST_LAST = (a, b) -> RpmVersions.ORDER.compare(evr(a), evr(b));
    private static final Comparator<PackageName> BY_NAME = Comparator.comparing(PackageName::toString);

    public SnapshotDiff {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        upgraded = List.copyOf(upgraded);
        downgraded = List.copyOf(downgraded);
        builds = List.copyOf(builds);
        altered = List.copyOf(altered);
        advisories = List.copyOf(advisories);
    }

    /// From one newest version to another.
    public record Move(PackageName from, PackageName to) {}

    /// One of several versions of a package that came or went.
    public record Build(PackageName name, Direction direction) {
        /// Whether it came or went.
        public enum Direction {
            CAME,
            WENT
        }
    }

    /// Whether clients see no difference in packages.
    public boolean isEmpty() {
        return added.isEmpty()
                && removed.isEmpty()
                && upgraded.isEmpty()
                && downgraded.isEmpty()
                && builds.isEmpty()
                && altered.isEmpty()
                && advisories.isEmpty();
    }

    /// Compares.
    ///
    /// @param advisoriesBefore ids of the first one's advisories; empty when they are not known
    /// @param advisoriesAfter  ids of the second one's
    public static SnapshotDiff between(
            Snapshot before, Snapshot after, Set<String> advisoriesBefore, Set<String> advisoriesAfter) {
        Map<PackageName, String> was = packages(before);
        Map<PackageName, String> is = packages(after);
        List<PackageName> altered = is.keySet().stream()
                .filter(name -> was.containsKey(name) && !Objects.equals(is.get(name), was.get(name)))
                .sorted(BY_NAME)
                .toList();
        Map<String, List<PackageName>> wasByName = byName(was.keySet());
        Map<String, List<PackageName>> isByName = byName(is.keySet());
        Names names = new Names();
        Set<String> all = new TreeSet<>(wasByName.keySet());
        all.addAll(isByName.keySet());
        for (String key : all) {
            names.compare(wasByName.getOrDefault(key, List.of()), isByName.getOrDefault(key, List.of()));
        }
        Set<String> fresh = new TreeSet<>(advisoriesAfter);
        fresh.removeAll(advisoriesBefore);
        return new SnapshotDiff(
                names.added,
                names.removed,
                names.upgraded,
                names.downgraded,
                names.builds,
                altered,
                List.copyOf(fresh));
    }

    private static Evr evr(PackageName name) {
        return new Evr("0", name.version(), name.release());
    }

    private static Map<PackageName, String> packages(Snapshot snapshot) {
        Map<PackageName, String> packages = new HashMap<>();
        for (SnapshotFile file : snapshot.files()) {
            if (file.kind() == SnapshotFile.Kind.PACKAGE) {
                Optional<PackageName> name = PackageName.ofPath(file.path());
                name.ifPresent(known -> packages.put(known, file.sha256()));
            }
        }
        return packages;
    }

    /// By name and architecture; versions in order.
    private static Map<String, List<PackageName>> byName(Set<PackageName> packages) {
        Map<String, List<PackageName>> byName = new TreeMap<>();
        for (PackageName each : packages) {
            byName.computeIfAbsent(each.name() + "." + each.arch(), key -> new ArrayList<>())
                    .add(each);
        }
        byName.values().forEach(versions -> versions.sort(NEWEST_LAST));
        return byName;
    }

    /// Collects while names are compared one by one.
    private static final class Names {
        private final List<PackageName> added = new ArrayList<>();
        private final List<PackageName> removed = new ArrayList<>();
        private final List<Move> upgraded = new ArrayList<>();
        private final List<Move> downgraded = new ArrayList<>();
        private final List<Build> builds = new ArrayList<>();

        void compare(List<PackageName> was, List<PackageName> is) {
            if (was.isEmpty()) {
                added.addAll(is);
                return;
            }
            if (is.isEmpty()) {
                removed.addAll(was);
                return;
            }
            PackageName from = was.getLast();
            PackageName to = is.getLast();
            int order = NEWEST_LAST.compare(from, to);
            if (order < 0) {
                upgraded.add(new Move(from, to));
            } else if (order > 0) {
                downgraded.add(new Move(from, to));
            }
            for (PackageName each : is) {
                if (!was.contains(each) && (order == 0 || !each.equals(to))) {
                    builds.add(new Build(each, Build.Direction.CAME));
                }
            }
            for (PackageName each : was) {
                if (!is.contains(each) && (order == 0 || !each.equals(from))) {
                    builds.add(new Build(each, Build.Direction.WENT));
                }
            }
        }
    }
}
