package org.ekicho.mirror.closure;

import java.util.List;
import java.util.Optional;
import org.ekicho.mirror.rpm.Dependency;

/// What a package requires: one thing, or several combined (rpm's rich dependencies).
public sealed interface Requirement {
    /// A name or path, perhaps with a range of versions.
    record Plain(Dependency dependency) implements Requirement {}

    /// All of them (`and`).
    record All(List<Requirement> parts) implements Requirement {
        public All {
            parts = List.copyOf(parts);
        }
    }

    /// One of them (`or`), the first preferred.
    record Any(List<Requirement> parts) implements Requirement {
        public Any {
            parts = List.copyOf(parts);
        }
    }

    /// `then if condition else otherwise`, and, the other way round, `unless`. Which case holds depends on the machine,
    /// so that both are kept where they can be.
    record When(Requirement then, Requirement condition, Optional<Requirement> otherwise) implements Requirement {}

    /// One package that provides both (`with`).
    record Same(Requirement first, Requirement second) implements Requirement {}

    /// One package that provides the first and not the second (`without`).
    record Except(Requirement first, Requirement second) implements Requirement {}
}
