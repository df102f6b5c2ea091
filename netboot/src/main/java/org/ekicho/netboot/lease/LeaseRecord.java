package org.ekicho.netboot.lease;

import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;
import org.ekicho.wire.Moment;

/// A lease as it is kept over restarts.
///
/// @param endsAt seconds since 1970-01-01 UTC, rounded up: no address is free before its machine knows
public record LeaseRecord(
        IpAddress address, ClientKey client, MacAddress mac, Lease.State state, long endsAt, String hostName) {
    private static final long SECOND = 1_000_000_000L;

    static LeaseRecord of(Lease lease, Moment now) {
        long ends = now.clockNanos() + (lease.endsNanos() - now.monotonicNanos());
        return new LeaseRecord(
                lease.address(),
                lease.client(),
                lease.mac(),
                lease.state(),
                Math.max(Math.ceilDiv(ends, SECOND), 0),
                lease.hostName());
    }

    /// The lease now. A clock that is far back, as after a start with an empty battery, prolongs none by
    /// more than the longest lease.
    Lease toLease(Moment now, long maxSeconds) {
        long left = Math.clamp(endsAt * SECOND - now.clockNanos(), 0, maxSeconds * SECOND);
        return new Lease(address, client, mac, state, now.monotonicNanos() + left, hostName);
    }
}
