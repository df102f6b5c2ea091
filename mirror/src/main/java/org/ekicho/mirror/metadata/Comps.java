package org.ekicho.mirror.metadata;

import java.util.List;
import java.util.Optional;

/// The groups of a repository, as comps.xml has them.
public record Comps(List<Group> groups, List<Environment> environments) {
    public Comps {
        groups = List.copyOf(groups);
        environments = List.copyOf(environments);
    }

    /// A group.
    ///
    /// @param id   `core`
    /// @param name in the default language
    public record Group(String id, String name, List<Member> members) {
        public Group {
            members = List.copyOf(members);
        }
    }

    /// A package of a group.
    ///
    /// @param kind     `mandatory`, `default`, `optional` or `conditional`
    /// @param requires what a conditional one depends on; empty otherwise
    public record Member(String packageName, String kind, String requires) {}

    /// Groups that make a kind of machine.
    ///
    /// @param groups   ids of what belongs to it
    /// @param optional ids of what may be added
    public record Environment(String id, String name, List<String> groups, List<String> optional) {
        public Environment {
            groups = List.copyOf(groups);
            optional = List.copyOf(optional);
        }
    }

    /// The group of this id, or of this name when no id is so.
    public Optional<Group> group(String idOrName) {
        return groups.stream()
                .filter(g -> g.id().equals(idOrName))
                .findFirst()
                .or(() -> groups.stream().filter(g -> g.name().equals(idOrName)).findFirst());
    }

    /// The environment of this id, or of this name when no id is so.
    public Optional<Environment> environment(String idOrName) {
        return environments.stream()
                .filter(e -> e.id().equals(idOrName))
                .findFirst()
                .or(() -> environments.stream()
                        .filter(e -> e.name().equals(idOrName))
                        .findFirst());
    }
}
