package org.ekicho.ntp.boundary;

import org.ekicho.wire.IpAddress;

/// The newest broadcast of one sender under one key: nothing at or below it is believed, across restarts too.
///
/// @param sender   its address
/// @param keyId    key id, 0: without MAC
/// @param transmit raw timestamp
public record ReplayFloor(IpAddress sender, int keyId, long transmit) {}
