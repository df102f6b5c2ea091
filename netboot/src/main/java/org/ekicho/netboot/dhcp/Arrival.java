package org.ekicho.netboot.dhcp;

import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;

/// How a packet came in.
///
/// @param interfaceIndex by which interface; the answer leaves by the same
/// @param ours           our address on that interface: what the answer names as server, and comes from
/// @param from           address and port in the packet's headers; `0.0.0.0:68` from a machine without
/// address
/// @param port           our port that it came to: 67 or 4011
public record Arrival(int interfaceIndex, IpAddress ours, Endpoint from, int port) {}
