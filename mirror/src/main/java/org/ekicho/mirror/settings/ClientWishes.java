package org.ekicho.mirror.settings;

import java.util.Optional;

/// How clients use a repository beside others, which the mirror itself has no use for: passed on from the section of
/// the `.repo` file that the repository was added with (dnf.conf(5)).
///
/// @param priority       lower goes first; empty: 99, as dnf has it
/// @param cost           what it costs to fetch from it, lower goes first; empty: 1000
/// @param moduleHotfixes whether its packages are seen although a module shadows them; empty: no
public record ClientWishes(Optional<Integer> priority, Optional<Integer> cost, Optional<Boolean> moduleHotfixes) {
    public static final ClientWishes NONE = new ClientWishes(Optional.empty(), Optional.empty(), Optional.empty());
}
