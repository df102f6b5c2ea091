/// Multicast made visible: what stands in its way on this host, and a tester that owes nothing to NTP, so that a fault
/// of the network and a fault of NTP can be told apart.
@NullMarked
package org.ekicho.daemon.multicast;

import org.jspecify.annotations.NullMarked;
