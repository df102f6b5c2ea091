package org.ekicho.ntp.association;

import java.util.Optional;
import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.auth.Authenticator;
import org.ekicho.ntp.packet.NtpPacket;
import org.ekicho.wire.BigEndian;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.Moment;

/// One time packet as it arrived, read once and its MAC checked before anything looks at it.
///
/// @param packet         header
/// @param sender         who sent it
/// @param to             the address that it was sent to: ours, a group or a broadcast address; any: unknown
/// @param interfaceIndex the interface that it came in by, 0: unknown
/// @param keyId          the key id that it names, 0: none
/// @param mac            what [Authenticator#verify] said
/// @param clockNanos     our clock when it arrived
/// @param monotonicNanos monotonic time when it arrived
public record Arrival(
        NtpPacket packet,
        Endpoint sender,
        IpAddress to,
        int interfaceIndex,
        int keyId,
        NtpReason mac,
        long clockNanos,
        long monotonicNanos) {
    /// A packet does not wait longer than this between kernel and engine; a greater difference of the clock's
    /// readings means that the clock was stepped meanwhile.
    public static final long LONGEST_WAIT = Interval.SECOND;

    /// What is wrong with the bytes; empty when they can be read.
    public static Optional<NtpReason> fault(Datagram datagram) {
        if (datagram.length < NtpPacket.HEADER) {
            return Optional.of(NtpReason.TOO_SHORT);
        }
        int version = datagram.bytes[0] >> 3 & 7;
        if (version < 1 || version > 4) {
            return Optional.of(NtpReason.BAD_VERSION);
        }
        return Authenticator.macOffset(datagram.bytes, datagram.length) < 0
                ? Optional.of(NtpReason.BAD_LENGTH)
                : Optional.empty();
    }

    /// Reads a datagram without [#fault].
    public static Arrival read(Datagram datagram, Authenticator authenticator, Moment now) {
        int macOffset = Authenticator.macOffset(datagram.bytes, datagram.length);
        NtpReason mac =
                authenticator.verify(datagram.bytes, datagram.length, macOffset, datagram.peerHigh, datagram.peerLow);
        long waited = Math.clamp(now.clockNanos() - datagram.receivedAtNanos, 0, LONGEST_WAIT);
        return new Arrival(
                NtpPacket.decode(datagram.bytes, datagram.length),
                datagram.peerEndpoint(),
                datagram.local(),
                datagram.interfaceIndex,
                macOffset < datagram.length ? BigEndian.i32(datagram.bytes, macOffset) : 0,
                mac,
                datagram.receivedAtNanos,
                now.monotonicNanos() - waited);
    }
}
