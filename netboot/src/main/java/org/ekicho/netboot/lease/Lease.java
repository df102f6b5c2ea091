package org.ekicho.netboot.lease;

import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;

/// An address and whose it is. Ended ones are remembered while nobody else needs the address, so that a
/// machine gets the same again.
///
/// @param address   which
/// @param client    whose
/// @param mac       the hardware address that it asked from
/// @param state     how far
/// @param endsNanos until when, by the monotonic clock
/// @param hostName  what it calls itself, letters, digits, `.` and `-`; empty when it does not say
public record Lease(IpAddress address, ClientKey client, MacAddress mac, State state, long endsNanos, String hostName) {
    /// How far a lease is.
    public enum State {
        /// Offered and not taken yet. Only in memory.
        OFFERED,
        /// Acknowledged.
        BOUND,
        /// Given back.
        RELEASED,
        /// Found in use by somebody without a lease; given to nobody for a while.
        DECLINED
    }

    /// Whether nobody else may have the address.
    public boolean isActive(long nowNanos) {
        return state != State.RELEASED && endsNanos - nowNanos > 0;
    }

    Lease as(State newState, long newEndsNanos) {
        return new Lease(address, client, mac, newState, newEndsNanos, hostName);
    }
}
