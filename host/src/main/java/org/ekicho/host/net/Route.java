package org.ekicho.host.net;

import java.util.Optional;
import org.ekicho.wire.IpAddress;

/// Where the kernel would send something.
///
/// @param interfaceIndex by which interface
/// @param source         from which address, when nobody says otherwise
/// @param gateway        through which router; empty for the same net
public record Route(int interfaceIndex, IpAddress source, Optional<IpAddress> gateway) {}
