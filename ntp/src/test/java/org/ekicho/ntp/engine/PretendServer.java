package org.ekicho.ntp.engine;

import java.util.function.Consumer;
import org.ekicho.ntp.auth.Authenticator;
import org.ekicho.ntp.auth.KeyRing;
import org.ekicho.ntp.capture.Capture;
import org.ekicho.ntp.packet.LeapIndicator;
import org.ekicho.ntp.packet.NtpMode;
import org.ekicho.ntp.packet.NtpPacket;
import org.ekicho.ntp.packet.NtpTimestamp;
import org.ekicho.wire.BigEndian;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;

/// A server on the wire of a [DrivenEngine]: answers requests and sends broadcasts, 0.1 ms each way.
final class PretendServer {
    static final long ONE_WAY = 100_000;
    private static final IpAddress CLIENT = IpAddress.literal("192.168.55.2");

    Endpoint endpoint = new Endpoint(IpAddress.literal("192.168.55.1"), 123);
    KeyRing keys = Capture.keys();
    LeapIndicator leap = LeapIndicator.NONE;
    int stratum = 11;
    int referenceId = 0x7f7f0100;
    int rootDispersion = 0x29f;
    int precision = -24;
    /// By how much its clock is ahead of the true time.
    double clockErrorSeconds;
    int answered;

    private long clock(long trueNanos) {
        return trueNanos + Math.round(clockErrorSeconds * DrivenEngine.SECOND);
    }

    private Datagram packet(NtpMode mode, int poll, long origin, long receive, long transmit) {
        Datagram out = new Datagram().peer(endpoint.address(), endpoint.port()).local(CLIENT, 2);
        new NtpPacket(
                        leap,
                        4,
                        mode,
                        stratum,
                        poll,
                        precision,
                        0,
                        rootDispersion,
                        referenceId,
                        transmit,
                        origin,
                        receive,
                        transmit)
                .encode(out.bytes);
        out.length = NtpPacket.HEADER;
        return out;
    }

    /// The answer to a request that left at `trueNanos`, by the key of the request.
    Datagram reply(Datagram request, long trueNanos) {
        long stamp = NtpTimestamp.ofNanos(clock(trueNanos + ONE_WAY));
        NtpPacket asked = NtpPacket.decode(request.bytes, request.length);
        Datagram reply = packet(NtpMode.SERVER, asked.poll(), asked.transmit(), stamp, stamp);
        answered++;
        return request.length == NtpPacket.HEADER
                ? reply
                : sealed(reply, BigEndian.i32(request.bytes, NtpPacket.HEADER));
    }

    Datagram sealed(Datagram packet, int keyId) {
        if (keyId != 0) {
            packet.length = new Authenticator(keys).seal(packet.bytes, packet.length, keyId);
        }
        return packet;
    }

    /// A multicast that left at `trueNanos`.
    Datagram multicast(long trueNanos, int poll, int keyId) {
        Datagram packet = packet(NtpMode.BROADCAST, poll, 0, 0, NtpTimestamp.ofNanos(clock(trueNanos)));
        return sealed(packet.local(TestSettings.GROUP, 2), keyId);
    }

    /// Answers each request in time: for [DrivenEngine#run].
    Consumer<DrivenEngine.Sent> answers(DrivenEngine driven) {
        return sent -> {
            if (sent.to().equals(endpoint)) {
                Datagram reply = reply(sent.datagram(), sent.atNanos());
                driven.runTo(sent.atNanos() + 2 * ONE_WAY);
                driven.receive(reply);
            }
        };
    }

    /// Sends one multicast now and lets it arrive.
    void send(DrivenEngine driven, int poll, int keyId) {
        Datagram packet = multicast(driven.trueNanos(), poll, keyId);
        driven.runTo(driven.trueNanos() + ONE_WAY, answers(driven));
        driven.receive(packet);
    }

    /// Sends `count` multicasts, 2^poll seconds and one apart, and answers what is asked.
    void sendMany(DrivenEngine driven, int count, int poll, int keyId) {
        for (int i = 0; i < count; i++) {
            send(driven, poll, keyId);
            driven.run(Math.scalb(1.0, poll) + 1, answers(driven));
        }
    }
}
