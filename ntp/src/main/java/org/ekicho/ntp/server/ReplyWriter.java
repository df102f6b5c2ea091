package org.ekicho.ntp.server;

import org.ekicho.ntp.auth.Authenticator;
import org.ekicho.ntp.packet.LeapIndicator;
import org.ekicho.ntp.packet.NtpMode;
import org.ekicho.ntp.packet.NtpPacket;
import org.ekicho.ntp.packet.NtpShort;
import org.ekicho.ntp.packet.NtpTimestamp;
import org.ekicho.ntp.packet.ReferenceId;
import org.ekicho.wire.BigEndian;
import org.ekicho.wire.Datagram;

/// Writes replies straight into their bytes. What must wait for the moment of sending is left zero: the transmit
/// timestamp and, behind the key id that already stands there, the digest.
final class ReplyWriter {
    private static final int VERSION_BITS = 0x38;

    private ServerState state;
    /// The fields of `state` as they travel.
    private int leapBits;

    private int stratum;
    private int rootDelay;
    private long reference;

    ReplyWriter(ServerState state) {
        this.state = state;
        update(state);
    }

    void update(ServerState next) {
        state = next;
        leapBits = next.leap().code() << 6;
        stratum = next.stratum() >= 16 ? 0 : next.stratum();
        rootDelay = NtpShort.ofSeconds(next.rootDelay());
        reference = next.referenceNanos() == 0 ? 0 : NtpTimestamp.ofNanos(next.referenceNanos());
    }

    /// An answer with our time, without MAC.
    void time(Datagram request, NtpMode mode, Datagram reply) {
        byte[] in = request.bytes;
        byte[] out = reply.bytes;
        address(request, reply);
        out[0] = (byte) (leapBits | (in[0] & VERSION_BITS) | mode.code());
        out[NtpPacket.STRATUM] = (byte) stratum;
        out[NtpPacket.POLL] = in[NtpPacket.POLL];
        out[NtpPacket.PRECISION] = (byte) state.precision();
        BigEndian.put32(out, NtpPacket.ROOT_DELAY, rootDelay);
        BigEndian.put32(
                out, NtpPacket.ROOT_DISPERSION, NtpShort.ofSeconds(state.rootDispersionAt(request.receivedAtNanos)));
        BigEndian.put32(out, NtpPacket.REFERENCE_ID, state.referenceId());
        BigEndian.put64(out, NtpPacket.REFERENCE, reference);
        BigEndian.put64(out, NtpPacket.ORIGIN, BigEndian.i64(in, NtpPacket.TRANSMIT));
        BigEndian.put64(out, NtpPacket.RECEIVE, NtpTimestamp.ofNanos(request.receivedAtNanos));
        BigEndian.put64(out, NtpPacket.TRANSMIT, 0);
        reply.length = NtpPacket.HEADER;
    }

    /// "Ask less often" (RFC 5905 §7.4): stratum 0, code RATE, and nothing of our clock; as classic ntpd sends it, all
    /// timestamps are the one by which the client knows its request.
    ///
    /// @param poll log2 seconds of the interval that we would like
    void rateKiss(Datagram request, NtpMode mode, int poll, Datagram reply) {
        byte[] in = request.bytes;
        byte[] out = reply.bytes;
        address(request, reply);
        out[0] = (byte) (LeapIndicator.UNSYNCHRONISED.code() << 6 | (in[0] & VERSION_BITS) | mode.code());
        out[NtpPacket.STRATUM] = 0;
        out[NtpPacket.POLL] = (byte) Math.max(in[NtpPacket.POLL], poll);
        out[NtpPacket.PRECISION] = (byte) state.precision();
        BigEndian.put64(out, NtpPacket.ROOT_DELAY, 0);
        BigEndian.put32(out, NtpPacket.REFERENCE_ID, ReferenceId.RATE);
        BigEndian.put64(out, NtpPacket.REFERENCE, 0);
        long transmit = BigEndian.i64(in, NtpPacket.TRANSMIT);
        BigEndian.put64(out, NtpPacket.ORIGIN, transmit);
        BigEndian.put64(out, NtpPacket.RECEIVE, transmit);
        BigEndian.put64(out, NtpPacket.TRANSMIT, transmit);
        reply.length = NtpPacket.HEADER;
    }

    /// Back to the peer, from the address and by the interface that it asked.
    private static void address(Datagram request, Datagram reply) {
        reply.peerHigh = request.peerHigh;
        reply.peerLow = request.peerLow;
        reply.peerPort = request.peerPort;
        reply.localHigh = request.localHigh;
        reply.localLow = request.localLow;
        reply.interfaceIndex = request.interfaceIndex;
    }

    /// Makes room for a MAC of the request's key and length.
    static void keyedAs(Datagram request, int macOffset, Datagram reply) {
        BigEndian.put32(reply.bytes, NtpPacket.HEADER, BigEndian.i32(request.bytes, macOffset));
        reply.length = NtpPacket.HEADER + request.length - macOffset;
    }

    /// Turns the reply into a crypto-NAK (RFC 5905 §9.2): key id zero, no digest.
    static void nak(Datagram reply) {
        BigEndian.put32(reply.bytes, NtpPacket.HEADER, 0);
        reply.length = NtpPacket.HEADER + Authenticator.KEY_ID;
    }
}
