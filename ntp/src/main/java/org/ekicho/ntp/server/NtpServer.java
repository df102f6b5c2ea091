package org.ekicho.ntp.server;

import java.util.List;
import org.ekicho.ntp.access.ClientEntry;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.wire.Datagram;

/// Answers NTP requests: access list, rate limit, decode, verify, cheapest first. Belongs to one thread at a time
/// (its service guards it by one lock per batch); allocates nothing per packet once warm.
public final class NtpServer {
    /// @param settings what to serve and to whom
    /// @param salt     random bits for the hash of the client table, so that nobody can aim at one bucket
    public NtpServer(TimeSettings settings, long salt) {
        throw new UnsupportedOperationException();
    }

    /// Our own state for the answers from now on.
    public void update(ServerState state) {
        throw new UnsupportedOperationException();
    }

    /// Decides about one datagram. For `Reply` and `Kiss` the answer, less transmit stamp and MAC, stands in `reply`
    /// afterwards, addressed back to the peer from the address and by the interface that it came to.
    ///
    /// @param monotonicNanos now, for the rate limit
    public NtpAction answer(Datagram request, Datagram reply, long monotonicNanos) {
        throw new UnsupportedOperationException();
    }

    /// Writes the transmit timestamp and, last, the MAC: to be called right before sending.
    ///
    /// @param clockNanos the clock, read for this very packet
    public void seal(Datagram reply, long clockNanos) {
        throw new UnsupportedOperationException();
    }

    /// How many packets came to each end since start, by `NtpReason.ordinal()`.
    public long[] counters() {
        throw new UnsupportedOperationException();
    }

    /// The newest clients first, `limit` at most.
    public List<ClientEntry> clients(int limit) {
        throw new UnsupportedOperationException();
    }
}
