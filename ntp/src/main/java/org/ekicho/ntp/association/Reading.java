package org.ekicho.ntp.association;

import java.util.Set;
import org.ekicho.ntp.estimate.Estimate;
import org.ekicho.ntp.packet.LeapIndicator;
import org.ekicho.ntp.selection.Candidate;

/// What a source says at one moment, ready for the choice.
///
/// @param id             association id
/// @param estimate       its clock against ours
/// @param leap           its leap bits
/// @param servedStratum  the stratum that we have when we follow it: its own and one, 1..16
/// @param rootDelay      to its primary reference, without the way to us, seconds
/// @param rootDispersion its own error bound now, seconds
/// @param referenceId    what we name as our reference when we follow it
/// @param traits         what the operator said of it
/// @param poll           log2 seconds of its interval
/// @param origin         whose clock it is
/// @param name           for sentences
public record Reading(
        int id,
        Estimate estimate,
        LeapIndicator leap,
        int servedStratum,
        double rootDelay,
        double rootDispersion,
        int referenceId,
        Set<Candidate.Trait> traits,
        int poll,
        Origin origin,
        String name) {
    /// Whose clock it is.
    public enum Origin {
        /// Another machine's.
        REMOTE,
        /// `127.127.1.0`: ours, believed because nothing better is there.
        LOCAL_CLOCK,
        /// Ours, kept by the host's own daemon.
        HOST_CLOCK
    }

    public Reading {
        traits = Set.copyOf(traits);
    }

    /// Root delay as we serve it.
    public double totalDelay() {
        return rootDelay + estimate.delaySeconds();
    }

    /// Error bound of its clock as seen here, seconds (RFC 5905 §11.1 root synchronization distance).
    public double rootDistance() {
        return totalDelay() / 2 + rootDispersion + estimate.dispersionSeconds() + estimate.jitterSeconds();
    }

    public Candidate candidate() {
        return new Candidate(id, estimate, rootDistance(), servedStratum - 1, traits);
    }
}
