package org.ekicho.daemon.multicast;

import java.util.List;

/// What to think of one interface with regard to a group.
///
/// @param name     `eth0.20`
/// @param grade    fit or not
/// @param facts    what was seen, one clause each
/// @param sentence the verdict
/// @param mend     the command that mends it; empty when there is none or nothing is broken
public record InterfaceVerdict(String name, Grade grade, List<String> facts, String sentence, String mend) {
    public InterfaceVerdict {
        facts = List.copyOf(facts);
    }

    /// How fit an interface is for a group.
    public enum Grade {
        /// Sends and receives, as far as this host can tell.
        FIT,
        /// Works, and something will or may go wrong.
        DOUBTFUL,
        /// Cannot work as it is.
        UNFIT,
        /// Has nothing to do with the network: `lo`, the port of a bridge.
        ASIDE
    }
}
