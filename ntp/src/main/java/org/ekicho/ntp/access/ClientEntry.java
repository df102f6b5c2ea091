package org.ekicho.ntp.access;

import org.ekicho.ntp.NtpReason;
import org.ekicho.wire.Endpoint;

/// What is known of one address that sent us packets: a row of `mrulist` and of `ekicho time clients`.
///
/// @param client        address and last source port
/// @param firstNanos    clock time of the first packet, nanoseconds since 1970
/// @param lastNanos     clock time of the last packet
/// @param count         packets since then
/// @param answered      of these, answered with time
/// @param mode          mode of the last packet, 0..7
/// @param version       version of the last packet
/// @param restrictFlags bits that applied to the last packet
/// @param keyId         key id of the last packet with a MAC, 0 when none
/// @param result        what became of the last packet
public record ClientEntry(
        Endpoint client,
        long firstNanos,
        long lastNanos,
        long count,
        long answered,
        int mode,
        int version,
        int restrictFlags,
        int keyId,
        NtpReason result) {}
