package org.ekicho.mirror.closure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.RefusedException;
import org.ekicho.mirror.metadata.FilesReader;
import org.ekicho.mirror.metadata.PackageEntry;
import org.ekicho.mirror.metadata.PackageTable;
import org.ekicho.mirror.metadata.PrimaryReader;
import org.ekicho.mirror.rpm.Dependency;
import org.ekicho.mirror.rpm.DependencyMatch;
import org.ekicho.mirror.rpm.PackageFile;
import org.ekicho.mirror.rpm.RpmPackage;

/// What every package requires and provides. Filled by a second reading of primary.xml, only when dependencies are
/// followed; a package takes some KB then. Equal dependencies are kept once.
public final class Capabilities {
    /// Most requires and provides of all packages together; Fedora has some two million.
    public static final int MAX_DEPENDENCIES = 20_000_000;

    private final Map<Integer, Integer> indexOfOrdinal;
    private final Map<String, List<Integer>> indexesOfPkgid = new HashMap<>();
    private final Map<Integer, List<Dependency>> requires = new HashMap<>();
    private final Map<String, List<Provided>> provides = new HashMap<>();
    private final Map<String, List<Integer>> paths = new HashMap<>();
    private final Map<Dependency, Dependency> once = new HashMap<>();
    private final Set<String> requiredPaths = new HashSet<>();
    private long count;

    private record Provided(int index, Dependency dependency) {}

    private Capabilities(Map<Integer, Integer> indexOfOrdinal) {
        this.indexOfOrdinal = indexOfOrdinal;
    }

    /// @param table of the same primary.xml that is read into it
    public static Capabilities of(PackageTable table) {
        Map<Integer, Integer> indexOfOrdinal = HashMap.newHashMap(table.size());
        Capabilities capabilities = new Capabilities(indexOfOrdinal);
        for (int i = 0; i < table.size(); i++) {
            PackageEntry entry = table.entry(i);
            indexOfOrdinal.put(entry.ordinal(), i);
            capabilities
                    .indexesOfPkgid
                    .computeIfAbsent(entry.pkgid().hex(), none -> new ArrayList<>(1))
                    .add(i);
        }
        return capabilities;
    }

    /// Takes the packages of primary.xml.
    public PrimaryReader.PackageSink packages() {
        return this::add;
    }

    private void add(int ordinal, RpmPackage rpm) throws RefusedException {
        Integer index = indexOfOrdinal.get(ordinal);
        if (index == null) {
            return;
        }
        List<Dependency> own = new ArrayList<>();
        for (Dependency require : rpm.of(Dependency.Kind.REQUIRES)) {
            own.add(kept(require));
            paths(require);
        }
        requires.put(index, List.copyOf(own));
        for (Dependency provide : rpm.of(Dependency.Kind.PROVIDES)) {
            provides.computeIfAbsent(provide.name(), none -> new ArrayList<>(1))
                    .add(new Provided(index, kept(provide)));
        }
        for (PackageFile file : rpm.files()) {
            paths.computeIfAbsent(file.path(), none -> new ArrayList<>(1)).add(index);
        }
    }

    private Dependency kept(Dependency dependency) throws RefusedException {
        if (++count > MAX_DEPENDENCIES) {
            throw new RefusedException(
                    MirrorReason.TOO_LARGE, "more than " + MAX_DEPENDENCIES + " requires and provides");
        }
        Dependency known = once.putIfAbsent(dependency, dependency);
        return known == null ? dependency : known;
    }

    private void paths(Dependency require) {
        if (require.name().startsWith("/")) {
            requiredPaths.add(require.name());
        } else if (require.name().startsWith("(") && require.name().indexOf('/') >= 0) {
            for (String word : require.name().split("[() ]", -1)) {
                if (word.startsWith("/")) {
                    requiredPaths.add(word);
                }
            }
        }
    }

    /// Whether paths are required that primary.xml does not list, so that filelists.xml must be read too.
    public boolean needsFileLists() {
        return requiredPaths.stream().anyMatch(path -> !paths.containsKey(path) && !provides.containsKey(path));
    }

    /// Takes the file lists of filelists.xml, of which only required paths are kept.
    public FilesReader.FilesSink files() {
        return (owner, files) -> {
            List<Integer> indexes = indexesOfPkgid.get(owner.pkgid());
            if (indexes == null) {
                return;
            }
            for (PackageFile file : files) {
                if (requiredPaths.contains(file.path())) {
                    List<Integer> owners = paths.computeIfAbsent(file.path(), none -> new ArrayList<>(1));
                    indexes.stream().filter(i -> !owners.contains(i)).forEach(owners::add);
                }
            }
        };
    }

    /// What the package at an index of the table requires.
    List<Dependency> requiredBy(int index) {
        return requires.getOrDefault(index, List.of());
    }

    /// Indexes of the packages that meet a plain requirement, each once, in the table's order.
    Set<Integer> meeting(Dependency require) {
        Set<Integer> meeting = new TreeSet<>();
        for (Provided provided : provides.getOrDefault(require.name(), List.of())) {
            if (DependencyMatch.meets(provided.dependency(), require)) {
                meeting.add(provided.index());
            }
        }
        meeting.addAll(paths.getOrDefault(require.name(), List.of()));
        return meeting;
    }
}
