package org.ekicho.daemon.boot.dhcp;

import org.ekicho.netboot.lease.RivalWatch;

/// An interface where addresses are given: its port and its watch for other servers.
///
/// @param port   67
/// @param asking asks the net who has an address
record LeasePlace(DhcpPlace place, PortLoop port, AddressChecks.Asking asking, RivalWatch rivals) {}
