package org.ekicho.ntp.selection;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.ekicho.ntp.estimate.Estimate;

/// The outcome of a choice.
///
/// @param verdicts   one per candidate, by id
/// @param systemPeer id of the source that names our stratum and reference; empty: not synchronised
/// @param combined   ids of the sources that make up `estimate`, system peer first
/// @param estimate   offset and frequency of all combined; empty without a system peer
/// @param sentence   in words why nobody was chosen, e.g. `no majority: 4 sources, 2 agree at most`; empty otherwise
public record Choice(
        Map<Integer, Verdict> verdicts,
        OptionalInt systemPeer,
        List<Integer> combined,
        Optional<Estimate> estimate,
        String sentence) {
    public Choice {
        verdicts = Map.copyOf(verdicts);
        combined = List.copyOf(combined);
    }

    /// What became of one candidate; empty when it was none.
    public Optional<Verdict> verdict(int id) {
        return Optional.ofNullable(verdicts.get(id));
    }
}
