package org.ekicho.mirror.closure;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ekicho.mirror.metadata.PackageEntry;
import org.ekicho.mirror.metadata.PackageTable;
import org.ekicho.mirror.rpm.Dependency;
import org.ekicho.mirror.rpm.RpmVersions;

/// Finds what some packages need, and what that needs in turn. Where several packages provide a thing, one is chosen,
/// always the same: one that is kept already, else the one of that name, else one of the requirer's architecture, else
/// the newest, else the first by name.
public final class DependencyClosure {
    private final PackageTable table;
    private final Capabilities capabilities;
    private final BitSet preferred;
    private final BitSet allowed;
    private final BitSet kept = new BitSet();
    private final Deque<Integer> open = new ArrayDeque<>();
    private final Map<Dependency, Optional<Integer>> chosen = new HashMap<>();
    private final Set<Missing> missing = new LinkedHashSet<>();
    private int requirer = -1;

    private DependencyClosure(PackageTable table, Capabilities capabilities, BitSet preferred, BitSet allowed) {
        this.table = table;
        this.capabilities = capabilities;
        this.preferred = preferred;
        this.allowed = allowed;
    }

    /// A requirement that no allowed package meets.
    ///
    /// @param requirement as rpm writes it
    /// @param wantedBy    the package that requires it
    public record Missing(String requirement, String wantedBy) {}

    /// What belongs together.
    ///
    /// @param indexes entries of the table
    /// @param missing what is required and not there, in the order in which it was met
    public record Result(BitSet indexes, List<Missing> missing) {
        public Result {
            missing = List.copyOf(missing);
        }
    }

    /// @param roots     entries of the table to begin with
    /// @param preferred entries that may be added, such as the newest
    /// @param allowed   entries that may be added where no preferred one meets a requirement, such as
    ///                  older ones that something else names by their version
    public static Result of(
            PackageTable table, Capabilities capabilities, BitSet roots, BitSet preferred, BitSet allowed) {
        DependencyClosure closure = new DependencyClosure(table, capabilities, preferred, allowed);
        roots.stream().forEach(closure::keep);
        closure.follow();
        return new Result(closure.kept, List.copyOf(closure.missing));
    }

    private void keep(int index) {
        if (!kept.get(index)) {
            kept.set(index);
            open.add(index);
        }
    }

    private void follow() {
        while (!open.isEmpty()) {
            requirer = open.remove();
            for (Dependency require : capabilities.requiredBy(requirer)) {
                if (!require.name().startsWith("rpmlib(") && !satisfy(RichParser.parse(require))) {
                    missing.add(new Missing(text(require), table.entry(requirer).nevra()));
                }
            }
        }
    }

    /// Keeps what meets a requirement; false when nothing does.
    private boolean satisfy(Requirement requirement) {
        return switch (requirement) {
            case Requirement.Plain(Dependency dependency) -> {
                Optional<Integer> choice = choose(dependency);
                choice.ifPresent(this::keep);
                yield choice.isPresent();
            }
            case Requirement.All(List<Requirement> parts) -> {
                boolean all = true;
                for (Requirement part : parts) {
                    all &= satisfy(part);
                }
                yield all;
            }
            case Requirement.Any(List<Requirement> parts) -> {
                for (Requirement part : parts) {
                    if (isMetByKept(part)) {
                        yield true;
                    }
                }
                for (Requirement part : parts) {
                    if (satisfy(part)) {
                        yield true;
                    }
                }
                yield false;
            }
            case Requirement.When(Requirement then, Requirement condition, Optional<Requirement> otherwise) -> {
                boolean met = satisfy(then) || !isMetByKept(condition);
                otherwise.ifPresent(this::satisfy);
                yield met;
            }
            case Requirement.Same(Requirement first, Requirement second) -> {
                Set<Integer> both = meeting(first);
                both.retainAll(meeting(second));
                yield keepBest(both);
            }
            case Requirement.Except(Requirement first, Requirement second) -> {
                Set<Integer> rest = meeting(first);
                rest.removeAll(meeting(second));
                yield keepBest(rest);
            }
        };
    }

    private boolean isMetByKept(Requirement requirement) {
        return switch (requirement) {
            case Requirement.All(List<Requirement> parts) -> parts.stream().allMatch(this::isMetByKept);
            case Requirement.When(Requirement then, Requirement condition, Optional<Requirement> otherwise) ->
                isMetByKept(then);
            case Requirement.Plain _, Requirement.Any _, Requirement.Same _, Requirement.Except _ ->
                meeting(requirement).stream().anyMatch(kept::get);
        };
    }

    /// Allowed packages of which each alone meets a requirement.
    private Set<Integer> meeting(Requirement requirement) {
        Set<Integer> meeting = new LinkedHashSet<>();
        switch (requirement) {
            case Requirement.Plain(Dependency dependency) -> meeting.addAll(capabilities.meeting(dependency));
            case Requirement.Any(List<Requirement> parts) -> parts.forEach(part -> meeting.addAll(meeting(part)));
            case Requirement.All(List<Requirement> parts) -> {
                meeting.addAll(meeting(parts.getFirst()));
                parts.forEach(part -> meeting.retainAll(meeting(part)));
            }
            case Requirement.When(Requirement then, Requirement condition, Optional<Requirement> otherwise) ->
                meeting.addAll(meeting(then));
            case Requirement.Same(Requirement first, Requirement second) -> {
                meeting.addAll(meeting(first));
                meeting.retainAll(meeting(second));
            }
            case Requirement.Except(Requirement first, Requirement second) -> {
                meeting.addAll(meeting(first));
                meeting.removeAll(meeting(second));
            }
        }
        boolean anyPreferred = meeting.stream().anyMatch(index -> preferred.get(index) || kept.get(index));
        BitSet eligible = anyPreferred ? preferred : allowed;
        meeting.removeIf(index -> !eligible.get(index) && !kept.get(index));
        return meeting;
    }

    /// The choice for a plain requirement; made once, unless it depends on the requirer's architecture.
    private Optional<Integer> choose(Dependency dependency) {
        Optional<Integer> before = chosen.get(dependency);
        if (before != null) {
            return before;
        }
        Set<Integer> candidates = meeting(new Requirement.Plain(dependency));
        Optional<Integer> best = best(candidates, dependency.name());
        if (candidates.size() < 2) {
            chosen.put(dependency, best);
        }
        return best;
    }

    private boolean keepBest(Set<Integer> candidates) {
        Optional<Integer> best = best(candidates, "");
        best.ifPresent(this::keep);
        return best.isPresent();
    }

    private Optional<Integer> best(Set<Integer> candidates, String name) {
        if (candidates.size() < 2) {
            return candidates.stream().findFirst();
        }
        for (int candidate : candidates) {
            if (kept.get(candidate)) {
                return Optional.of(candidate);
            }
        }
        String arch = requirer < 0 ? "" : table.entry(requirer).arch();
        Comparator<Choice> order = Comparator.<Choice>comparingInt(
                        c -> c.entry().name().equals(name) ? 0 : 1)
                .thenComparingInt(c -> fits(c, arch) ? 0 : 1)
                .thenComparing(c -> c.entry().evr(), RpmVersions.ORDER.reversed())
                .thenComparing(c -> c.entry().name())
                .thenComparingInt(Choice::index);
        return candidates.stream()
                .map(i -> new Choice(i, table.entry(i)))
                .min(order)
                .map(Choice::index);
    }

    private record Choice(int index, PackageEntry entry) {}

    private static boolean fits(Choice choice, String arch) {
        return choice.entry().arch().equals(arch) || choice.entry().arch().equals("noarch");
    }

    private static String text(Dependency dependency) {
        return dependency.name()
                + dependency
                        .range()
                        .map(r -> " " + sign(r.sense()) + " " + (r.epoch().isEmpty() ? "" : r.epoch() + ":")
                                + r.version() + (r.release().isEmpty() ? "" : "-" + r.release()))
                        .orElse("");
    }

    private static String sign(Dependency.Sense sense) {
        return switch (sense) {
            case LT -> "<";
            case GT -> ">";
            case EQ -> "=";
            case LE -> "<=";
            case GE -> ">=";
        };
    }
}
