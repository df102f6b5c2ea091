package org.ekicho.ntp.access;

import org.ekicho.wire.IpPrefix;

/// One `restrict` line after reading. `ntpport` in the flags makes it match packets from source port 123 only.
///
/// @param prefix whom it is for
/// @param flags  bits of [RestrictFlag#mask()]; none of them means "allow all"
public record RestrictRule(IpPrefix prefix, int flags) {}
