package org.ekicho.daemon.multicast;

import java.util.List;

/// The whole diagnosis of multicast on this host for one group.
///
/// @param group      the group
/// @param route      what the kernel's routing table makes of it, a sentence
/// @param interfaces one verdict for each interface
/// @param sentence   the sum of it
/// @param mend       the command that mends it; empty when nothing is broken
/// @param healthy    at least one interface will do
public record MulticastVerdict(
        String group, String route, List<InterfaceVerdict> interfaces, String sentence, String mend, boolean healthy) {
    public MulticastVerdict {
        interfaces = List.copyOf(interfaces);
    }
}
