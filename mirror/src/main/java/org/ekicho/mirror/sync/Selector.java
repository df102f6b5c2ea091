package org.ekicho.mirror.sync;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ekicho.mirror.closure.Capabilities;
import org.ekicho.mirror.closure.DependencyClosure;
import org.ekicho.mirror.metadata.Comps;
import org.ekicho.mirror.metadata.ModuleDocument;
import org.ekicho.mirror.metadata.PackageEntry;
import org.ekicho.mirror.metadata.PackageTable;
import org.ekicho.mirror.settings.Selection;

/// Decides which packages of a repository are wanted: by architecture, patterns, age, lists and groups, and by what all
/// these require.
public final class Selector {
    private final PackageTable table;
    private final Selection selection;
    private final Offer offer;
    private final List<Selected.Unresolved> unresolved = new ArrayList<>();

    private Selector(PackageTable table, Selection selection, Offer offer) {
        this.table = table;
        this.selection = selection;
        this.offer = offer;
    }

    /// What upstream says beside its packages.
    ///
    /// @param modules      documents of modules.yaml; none when the repository has none
    /// @param comps        its groups; needed for `@group`
    /// @param capabilities what packages require and provide; needed when dependencies are followed
    public record Offer(List<ModuleDocument> modules, Optional<Comps> comps, Optional<Capabilities> capabilities) {
        /// Nothing but packages.
        public static final Offer PACKAGES_ONLY = new Offer(List.of(), Optional.empty(), Optional.empty());

        public Offer {
            modules = List.copyOf(modules);
        }
    }

    /// @throws IllegalArgumentException when dependencies are to be followed and the offer has no capabilities
    public static Selected select(PackageTable table, Selection selection, Offer offer) {
        return selection.isAll() ? Selected.all(table.size()) : new Selector(table, selection, offer).select();
    }

    private Selected select() {
        BitSet candidates = candidates();
        BitSet newest = selection.versions() == Selection.Versions.NEWEST
                ? NewestVersions.of(table, candidates, offer.modules())
                : candidates;
        BitSet kept = selection.packages().isEmpty() ? newest : roots(newest);
        if (selection.closure() == Selection.Closure.DEPENDENCIES) {
            Capabilities capabilities = offer.capabilities()
                    .orElseThrow(() -> new IllegalArgumentException("dependencies cannot be followed unread"));
            DependencyClosure.Result closure = DependencyClosure.of(table, capabilities, kept, newest, candidates);
            kept = closure.indexes();
            closure.missing().forEach(m -> unresolved.add(new Selected.Unresolved(m.requirement(), m.wantedBy())));
        }
        return new Selected(Selected.Scope.SOME, kept, unresolved, streams(kept));
    }

    private BitSet candidates() {
        Globs include = new Globs(selection.include());
        Globs exclude = new Globs(selection.exclude());
        BitSet candidates = new BitSet();
        for (int i = 0; i < table.size(); i++) {
            PackageEntry entry = table.entry(i);
            boolean wanted = (selection.archs().isEmpty() || selection.archs().contains(entry.arch()))
                    && (include.isEmpty() || include.match(entry))
                    && !exclude.match(entry);
            candidates.set(i, wanted);
        }
        return candidates;
    }

    /// Candidates that the package list names; what of the list means no package is reported.
    private BitSet roots(BitSet candidates) {
        BitSet roots = new BitSet();
        Set<String> names = names();
        Globs globs = new Globs(names);
        Set<String> found = new HashSet<>();
        for (int i = candidates.nextSetBit(0); i >= 0; i = candidates.nextSetBit(i + 1)) {
            Set<String> matching = globs.matching(table.entry(i));
            if (!matching.isEmpty()) {
                roots.set(i);
                found.addAll(matching);
            }
        }
        for (String name : names) {
            if (!found.contains(name)) {
                unresolved.add(new Selected.Unresolved(name, ""));
            }
        }
        return roots;
    }

    /// The list with groups replaced by their mandatory and default packages.
    private Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (String wanted : selection.packages()) {
            if (!wanted.startsWith("@")) {
                names.add(wanted);
            } else if (!group(wanted.substring(wanted.startsWith("@^") ? 2 : 1), names)) {
                unresolved.add(new Selected.Unresolved(wanted, ""));
            }
        }
        return names;
    }

    private boolean group(String id, Set<String> names) {
        Optional<Comps.Group> group = offer.comps().flatMap(comps -> comps.group(id));
        group.ifPresent(g -> members(g, names));
        Optional<Comps.Environment> environment = offer.comps().flatMap(comps -> comps.environment(id));
        if (group.isEmpty() && environment.isPresent()) {
            for (String part : environment.get().groups()) {
                offer.comps().flatMap(comps -> comps.group(part)).ifPresent(g -> members(g, names));
            }
        }
        return group.isPresent() || environment.isPresent();
    }

    private static void members(Comps.Group group, Set<String> names) {
        for (Comps.Member member : group.members()) {
            if (member.kind().equals("mandatory") || member.kind().equals("default")) {
                names.add(member.packageName());
            }
        }
    }

    /// Builds of module streams of which a package is kept.
    private Set<String> streams(BitSet kept) {
        if (offer.modules().isEmpty()) {
            return Set.of();
        }
        Set<String> nevras = new HashSet<>();
        kept.stream().forEach(i -> nevras.add(table.entry(i).nevraWithEpoch()));
        Set<String> streams = new HashSet<>();
        for (ModuleDocument module : offer.modules()) {
            if (module.kind() == ModuleDocument.Kind.MODULE
                    && module.artifacts().stream().anyMatch(nevras::contains)) {
                streams.add(module.nsvca());
            }
        }
        return streams;
    }
}
