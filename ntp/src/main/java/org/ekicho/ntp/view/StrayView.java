package org.ekicho.ntp.view;

import org.ekicho.ntp.NtpReason;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;

/// A sender whose packets formed no association: shown in `ekicho time assoc` with its reason in words.
///
/// @param sender    who
/// @param to        the group, broadcast or own address it sent to
/// @param keyId     the key id its last packet named, 0: none
/// @param reason    why its last packet was refused
/// @param count     packets refused
/// @param lastNanos clock time of the last one
public record StrayView(Endpoint sender, IpAddress to, int keyId, NtpReason reason, long count, long lastNanos) {}
