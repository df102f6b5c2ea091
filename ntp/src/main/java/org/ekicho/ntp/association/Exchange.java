package org.ekicho.ntp.association;

import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.boundary.TimeAction;
import org.ekicho.ntp.estimate.Sample;
import org.ekicho.ntp.packet.LeapIndicator;
import org.ekicho.ntp.packet.NtpMode;
import org.ekicho.ntp.packet.NtpPacket;
import org.ekicho.ntp.packet.NtpShort;
import org.ekicho.ntp.packet.NtpTimestamp;
import org.ekicho.ntp.packet.ReferenceId;
import org.ekicho.ntp.server.ServerState;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;

/// Requests to one server, one outstanding at a time, and the judgement of what comes back (RFC 5905 §8).
///
/// The transmit timestamp of a request is 64 random bits, not a time (draft-ietf-ntp-data-minimization): it tells
/// nobody our clock, and only who saw the request can answer it. When it really left is remembered here.
public final class Exchange {
    /// A source whose own error bound reaches this is no source (RFC 5905 §7.2 MAXDISP).
    public static final double MAX_DISTANCE = 16;
    /// Precision that a minimal request shows, as chrony's does: it means "no information".
    private static final int MINIMAL_PRECISION = 32;

    private final Endpoint server;
    private final int keyId;
    private final int version;
    private final Instruments instruments;
    /// The outstanding nonce; 0: no reply is awaited.
    private long nonce;

    private boolean left;
    private long leftNanos;
    private long lastTransmit;

    /// @param keyId key for both directions, 0: none
    public Exchange(Endpoint server, int keyId, int version, Instruments instruments) {
        this.server = server;
        this.keyId = keyId;
        this.version = version;
        this.instruments = instruments;
    }

    public int keyId() {
        return keyId;
    }

    /// True while a request is out and unanswered.
    public boolean isWaiting() {
        return nonce != 0;
    }

    /// Believes no reply to the outstanding request: our clock was stepped after it left.
    public void cancel() {
        nonce = 0;
    }

    /// A new request; a reply to an earlier one is believed no more.
    ///
    /// @param poll log2 seconds, told to the server
    public TimeAction.Transmit request(int interfaceIndex, int poll) {
        nonce = instruments.dice().nextLong();
        if (nonce == 0) {
            nonce = 1;
        }
        left = false;
        return new Request(nonce, interfaceIndex, poll);
    }

    /// A mode 3 packet that says nothing but version, poll and nonce.
    private final class Request implements TimeAction.Transmit {
        private final long ownNonce;
        private final int interfaceIndex;
        private final int poll;

        Request(long ownNonce, int interfaceIndex, int poll) {
            this.ownNonce = ownNonce;
            this.interfaceIndex = interfaceIndex;
            this.poll = poll;
        }

        @Override
        public Endpoint to() {
            return server;
        }

        @Override
        public IpAddress from() {
            return server.address().isV4() ? IpAddress.ANY_V4 : IpAddress.ANY_V6;
        }

        @Override
        public int interfaceIndex() {
            return interfaceIndex;
        }

        @Override
        public int ttl() {
            return 0;
        }

        @Override
        public void seal(Datagram out, long clockNanos) {
            new NtpPacket(
                            LeapIndicator.NONE,
                            version,
                            NtpMode.CLIENT,
                            0,
                            poll,
                            MINIMAL_PRECISION,
                            0,
                            0,
                            0,
                            0,
                            0,
                            0,
                            ownNonce)
                    .encode(out.bytes);
            out.length = NtpPacket.HEADER;
            if (keyId != 0) {
                out.length = instruments.authenticator().seal(out.bytes, out.length, keyId);
            }
            if (ownNonce == nonce) {
                left = true;
                leftNanos = clockNanos;
            }
        }
    }

    /// Judges a packet from the server's address. Only one that names the outstanding nonce, and carries a good MAC
    /// by our key where one is set, ends the exchange.
    public Reply judge(Arrival arrival) {
        NtpPacket packet = arrival.packet();
        boolean matches = nonce != 0 && left && packet.origin() == nonce;
        if (arrival.mac() == NtpReason.CRYPTO_NAK) {
            return judgeNak(matches);
        }
        if (keyId != 0 && arrival.mac() != NtpReason.OK) {
            return new Reply.Refused(arrival.mac());
        }
        if (keyId != 0 && arrival.keyId() != keyId) {
            return new Reply.Refused(NtpReason.WRONG_KEY_ID);
        }
        if (packet.mode() != NtpMode.SERVER) {
            return new Reply.Refused(NtpReason.UNEXPECTED_MODE);
        }
        if (!matches) {
            boolean again = packet.transmit() != 0 && packet.transmit() == lastTransmit;
            return new Reply.Refused(again ? NtpReason.DUPLICATE : NtpReason.BOGUS_ORIGIN);
        }
        nonce = 0;
        lastTransmit = packet.transmit();
        NtpReason reason = fitness(packet);
        return reason == NtpReason.OK ? good(arrival) : new Reply.Unfit(packet, reason);
    }

    /// A crypto-NAK carries no proof but the origin: it is noted, and the request counts as unanswered.
    private Reply judgeNak(boolean matches) {
        if (keyId == 0 || !matches) {
            return new Reply.Refused(NtpReason.BOGUS_ORIGIN);
        }
        return new Reply.Refused(NtpReason.CRYPTO_NAK);
    }

    private NtpReason fitness(NtpPacket packet) {
        if (packet.stratum() == 0) {
            return kiss(packet);
        }
        NtpReason header = headerFitness(packet, instruments);
        if (header != NtpReason.OK) {
            return header;
        }
        return packet.receive() == 0 ? NtpReason.ZERO_TIMESTAMP : NtpReason.OK;
    }

    /// Whether a header, of a reply or of a broadcast, tells a time that can be used: OK or why not.
    public static NtpReason headerFitness(NtpPacket packet, Instruments instruments) {
        if (packet.leap() == LeapIndicator.UNSYNCHRONISED || packet.stratum() == 0 || packet.stratum() >= 16) {
            return NtpReason.UNSYNCHRONISED;
        }
        if (packet.transmit() == 0) {
            return NtpReason.ZERO_TIMESTAMP;
        }
        double distance = NtpShort.toSeconds(packet.rootDelay()) / 2 + NtpShort.toSeconds(packet.rootDispersion());
        if (distance >= MAX_DISTANCE) {
            return NtpReason.DISTANCE_TOO_LARGE;
        }
        return instruments.isLoop(packet.stratum(), packet.referenceId()) ? NtpReason.SYNC_LOOP : NtpReason.OK;
    }

    /// Stratum 0: a kiss code (RFC 5905 §7.4), or a server that has no time yet.
    private static NtpReason kiss(NtpPacket packet) {
        int code = packet.referenceId();
        if (code == ReferenceId.RATE) {
            return NtpReason.KISS_RATE;
        }
        if (code == ReferenceId.DENY || code == ReferenceId.RSTR) {
            return NtpReason.KISS_DENY;
        }
        return packet.leap() == LeapIndicator.UNSYNCHRONISED ? NtpReason.UNSYNCHRONISED : NtpReason.KISS_OTHER;
    }

    /// Offset and delay of a round trip (RFC 5905 §8).
    private Reply good(Arrival arrival) {
        NtpPacket packet = arrival.packet();
        long received = NtpTimestamp.toNanos(packet.receive(), arrival.clockNanos());
        long sent = NtpTimestamp.toNanos(packet.transmit(), arrival.clockNanos());
        double there = Interval.toSeconds(received - leftNanos);
        double back = Interval.toSeconds(sent - arrival.clockNanos());
        double elapsed = Math.max(0, Interval.toSeconds(arrival.clockNanos() - leftNanos));
        double delay = Math.max(there - back, instruments.precisionSeconds());
        double dispersion =
                instruments.precisionSeconds() + Math.scalb(1.0, packet.precision()) + ServerState.PHI * elapsed;
        long middle = arrival.monotonicNanos() - Interval.ofSeconds(elapsed / 2);
        return new Reply.Good(packet, new Sample(middle, (there + back) / 2, delay, dispersion));
    }
}
