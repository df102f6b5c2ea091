package org.ekicho.ntp.selection;

import java.util.HashSet;
import java.util.Set;
import org.ekicho.ntp.estimate.Estimate;

/// A source that may be chosen: it is reachable, synchronised, no loop, and has an estimate. What fails one of these
/// is not offered at all.
///
/// @param id           association id
/// @param estimate     what is known of it now; all candidates of one choice at the same moment
/// @param rootDistance its error bound in seconds: half the root delay plus root dispersion plus our own measurement
///                     (RFC 5905 §11.1 root synchronization distance)
/// @param stratum      its stratum, 0..16
/// @param traits       what the operator said of it
public record Candidate(int id, Estimate estimate, double rootDistance, int stratum, Set<Trait> traits) {
    /// What an operator may say of a source.
    public enum Trait {
        /// Followed when it is good.
        PREFER,
        /// Measured, never followed.
        NO_SELECT,
        /// Never counted as a falseticker.
        TRUE_CHIMER,
        /// Only taken when nothing else is left: the local clock, once it has waited.
        LAST_RESORT
    }

    public Candidate {
        traits = Set.copyOf(traits);
    }

    /// The same with one trait more.
    public Candidate with(Trait trait) {
        Set<Trait> more = new HashSet<>(traits);
        more.add(trait);
        return new Candidate(id, estimate, rootDistance, stratum, more);
    }

    boolean is(Trait trait) {
        return traits.contains(trait);
    }
}
