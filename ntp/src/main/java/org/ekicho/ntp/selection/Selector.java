package org.ekicho.ntp.selection;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.ekicho.ntp.settings.SelectionSettings;

/// Chooses among sources: intersection, cluster, prefer, combine (RFC 5905 §11.2).
public final class Selector {
    private Selector() {}

    /// @param candidates all at the same moment, ids distinct
    /// @param settings   limits
    /// @param current    the system peer so far: kept when another one is not clearly better
    public static Choice choose(List<Candidate> candidates, SelectionSettings settings, OptionalInt current) {
        return new Choice(Map.of(), OptionalInt.empty(), List.of(), Optional.empty(), "");
    }
}
