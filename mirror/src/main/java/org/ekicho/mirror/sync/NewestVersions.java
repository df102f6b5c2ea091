package org.ekicho.mirror.sync;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ekicho.mirror.metadata.ModuleDocument;
import org.ekicho.mirror.metadata.PackageEntry;
import org.ekicho.mirror.metadata.PackageTable;
import org.ekicho.mirror.rpm.Evr;
import org.ekicho.mirror.rpm.RpmVersions;

/// Which packages are the newest of their name and architecture. Packages of modules count within their stream, where
/// the
/// newest build of the stream is kept whole, together with the youngest builds that own the newest of its packages
/// (dnf-plugins-core: `plugins/reposync.py`, `_get_latest`): the default stream is seldom the one of the highest
/// versions.
final class NewestVersions {
    private final PackageTable table;
    private final BitSet candidates;
    private final Map<String, List<Integer>> byNevra = new HashMap<>();

    private NewestVersions(PackageTable table, BitSet candidates) {
        this.table = table;
        this.candidates = candidates;
    }

    /// Those of the candidates that are the newest.
    static BitSet of(PackageTable table, BitSet candidates, List<ModuleDocument> modules) {
        NewestVersions newest = new NewestVersions(table, candidates);
        BitSet kept = new BitSet();
        BitSet modular = newest.modular(modules, kept);
        BitSet plain = (BitSet) candidates.clone();
        plain.andNot(modular);
        newest.newestOf(plain).forEach((name, index) -> kept.set(index));
        return kept;
    }

    /// Name and architecture to the index of the newest; of equal ones the first.
    private Map<String, Integer> newestOf(BitSet some) {
        Map<String, Integer> newest = new HashMap<>();
        Map<String, Evr> versions = new HashMap<>();
        for (int i = some.nextSetBit(0); i >= 0; i = some.nextSetBit(i + 1)) {
            PackageEntry entry = table.entry(i);
            String key = entry.name() + "." + entry.arch();
            Evr best = versions.get(key);
            if (best == null || RpmVersions.ORDER.compare(entry.evr(), best) > 0) {
                versions.put(key, entry.evr());
                newest.put(key, i);
            }
        }
        return newest;
    }

    /// Sets the kept packages of modules.
    ///
    /// @return all packages of modules
    private BitSet modular(List<ModuleDocument> modules, BitSet kept) {
        BitSet modular = new BitSet();
        if (modules.isEmpty()) {
            return modular;
        }
        for (int i = candidates.nextSetBit(0); i >= 0; i = candidates.nextSetBit(i + 1)) {
            byNevra.computeIfAbsent(table.entry(i).nevraWithEpoch(), none -> new ArrayList<>(1))
                    .add(i);
        }
        Map<String, List<ModuleDocument>> streams = new HashMap<>();
        for (ModuleDocument module : modules) {
            if (module.kind() == ModuleDocument.Kind.MODULE) {
                streams.computeIfAbsent(module.nameStream(), none -> new ArrayList<>())
                        .add(module);
            }
        }
        for (List<ModuleDocument> builds : streams.values()) {
            modular.or(stream(builds, kept));
        }
        return modular;
    }

    private BitSet stream(List<ModuleDocument> builds, BitSet kept) {
        BitSet all = new BitSet();
        builds.forEach(build -> all.or(present(build)));
        Set<String> versions = new HashSet<>();
        builds.stream().map(ModuleDocument::version).max(RpmVersions::compare).ifPresent(versions::add);
        for (int newest : newestOf(all).values()) {
            builds.stream()
                    .filter(build -> present(build).get(newest))
                    .map(ModuleDocument::version)
                    .max(RpmVersions::compare)
                    .ifPresent(versions::add);
        }
        for (ModuleDocument build : builds) {
            if (versions.contains(build.version())) {
                kept.or(present(build));
            }
        }
        return all;
    }

    private BitSet present(ModuleDocument build) {
        BitSet present = new BitSet();
        for (String artifact : build.artifacts()) {
            byNevra.getOrDefault(artifact, List.of()).forEach(present::set);
        }
        return present;
    }
}
