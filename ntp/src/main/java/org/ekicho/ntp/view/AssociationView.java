package org.ekicho.ntp.view;

import java.util.List;
import java.util.Optional;
import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.packet.LeapIndicator;
import org.ekicho.ntp.packet.NtpMode;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;

/// One association as status shows it: a source that we follow, a stream that we send, the local clock or the host
/// clock.
///
/// @param id              association id for ntpq, 1..65535, stable while it lives
/// @param kind            what it is
/// @param remote          its address and port; for a stream the group or broadcast address
/// @param name            as configured (`ntp1.lan`), else the address's text
/// @param local           our address towards it; `0.0.0.0` when unknown
/// @param interfaceName   interface it is reached by, empty when unknown
/// @param configured      stands in a file (conf yes), or formed by itself
/// @param authEnabled     a key is set for it
/// @param authentic       the last packet had a good MAC
/// @param reach           eight polls, newest in bit 0
/// @param unreach         polls without answer since the last one
/// @param selection       what the choice made of it
/// @param selectionReason in words why, e.g. "falseticker: 1.003 s from the majority of 3 sources"; empty when chosen
/// @param hostMode        our mode; a receiver of broadcasts has none of its own on the wire and says CLIENT (see
/// `volley`)
/// @param peerMode        its mode, RESERVED when nothing came yet
/// @param volley          for a receiver: still measuring the delay by unicast (ntpq's `t` column shows `u`)
/// @param leap            its leap bits
/// @param stratum         its stratum, 16 when unknown
/// @param precision       log2 seconds
/// @param rootDelay       seconds
/// @param rootDispersion  seconds
/// @param referenceId     raw
/// @param reference       its reference timestamp, raw
/// @param lastReceived    raw timestamp of the last good packet (`rec`), 0: none
/// @param hostPoll        log2 seconds of our interval
/// @param peerPoll        log2 seconds of its interval
/// @param keyId           key id, 0: none
/// @param ttl             for streams
/// @param offsetSeconds   how far its clock is ahead of ours
/// @param delaySeconds    round trip
/// @param dispersionSeconds error bound of the filter
/// @param jitterSeconds   RMS of differences
/// @param filter          the eight last samples, newest first
/// @param sent            packets sent
/// @param received        packets received
/// @param lastRefusal     why the last refused packet was refused; empty when none ever was
/// @param refusals        counted reasons of refused packets
/// @param flash           bits of classic ntpd's flash word (`peer_...` tests failed), 0: fine
/// @param lastEvent       classic peer event code, 0..15
/// @param eventCount      events so far, 0..15
/// @param state           one sentence for people, e.g. "following; delay measured 34 s ago"
public record AssociationView(
        int id,
        Kind kind,
        Endpoint remote,
        String name,
        IpAddress local,
        String interfaceName,
        boolean configured,
        boolean authEnabled,
        boolean authentic,
        int reach,
        int unreach,
        SelectionStatus selection,
        String selectionReason,
        NtpMode hostMode,
        NtpMode peerMode,
        boolean volley,
        LeapIndicator leap,
        int stratum,
        int precision,
        double rootDelay,
        double rootDispersion,
        int referenceId,
        long reference,
        long lastReceived,
        int hostPoll,
        int peerPoll,
        int keyId,
        int ttl,
        double offsetSeconds,
        double delaySeconds,
        double dispersionSeconds,
        double jitterSeconds,
        List<FilterSample> filter,
        long sent,
        long received,
        Optional<NtpReason> lastRefusal,
        List<ReasonCount> refusals,
        int flash,
        int lastEvent,
        int eventCount,
        String state) {
    /// What an association is.
    public enum Kind {
        /// Asked by unicast requests (`server`, `pool`, `peer`).
        UNICAST,
        /// A sender of broadcasts or multicasts that we follow.
        BROADCAST_RECEIVER,
        /// A stream that we send.
        BROADCAST_STREAM,
        /// `127.127.1.0`.
        LOCAL_CLOCK,
        /// The host's clock as its own daemon keeps it.
        HOST_CLOCK
    }

    /// One stage of the clock filter, seconds.
    public record FilterSample(double offsetSeconds, double delaySeconds, double dispersionSeconds) {}

    public AssociationView {
        filter = List.copyOf(filter);
        refusals = List.copyOf(refusals);
    }
}
