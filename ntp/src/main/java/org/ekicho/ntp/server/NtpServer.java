package org.ekicho.ntp.server;

import java.util.List;
import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.access.ClientEntry;
import org.ekicho.ntp.access.ClientTable;
import org.ekicho.ntp.access.RateLimiter;
import org.ekicho.ntp.access.RestrictFlag;
import org.ekicho.ntp.access.RestrictTable;
import org.ekicho.ntp.auth.Authenticator;
import org.ekicho.ntp.boundary.LocalInterface;
import org.ekicho.ntp.packet.NtpMode;
import org.ekicho.ntp.packet.NtpPacket;
import org.ekicho.ntp.packet.NtpTimestamp;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.wire.BigEndian;
import org.ekicho.wire.Datagram;

/// Answers NTP requests: access list, rate limit, decode, verify, cheapest first. Belongs to one thread at a time
/// (its service guards it by one lock per batch); allocates nothing per packet once warm.
///
/// No answer is longer than its request, and only requests (mode 3, mode 1, mode 0 of version 1) are answered, so
/// that two servers can never be made to talk to each other.
public final class NtpServer {
    private static final int NTP_PORT = 123;
    private static final int NEWEST_VERSION = 4;

    private final RestrictTable restricts;
    private final RateLimiter limiter;
    private final int averageLog2;
    private final Authenticator authenticator;
    private final boolean cryptoNak;
    private final boolean monitor;
    private final ClientTable clients;
    private final UnicastFilter unicast = new UnicastFilter();
    private final ReplyWriter writer;
    private final long[] counters = new long[NtpReason.values().length];

    /// The state of a small random generator, for the flag `flake` alone.
    private long flake;
    /// Of the packet in hand.
    private int restrictFlags;

    private int keyId;
    private int row;

    /// @param settings what to serve and to whom
    /// @param salt     random bits for the hash of the client table, so that nobody can aim at one bucket
    public NtpServer(TimeSettings settings, long salt) {
        restricts = new RestrictTable(settings.restricts());
        averageLog2 = settings.rates().averageLog2();
        limiter = new RateLimiter(averageLog2, settings.rates().minimum());
        authenticator = new Authenticator(settings.keys());
        cryptoNak = settings.cryptoNak();
        monitor = settings.monitor();
        clients = new ClientTable(salt);
        writer = new ReplyWriter(ServerState.unsynchronised(0, 0));
        flake = salt | 1;
    }

    /// Our own state for the answers from now on.
    public void update(ServerState state) {
        writer.update(state);
    }

    /// The interfaces as they are now: their subnets' broadcast addresses are not answered.
    public void networkIs(List<LocalInterface> interfaces) {
        unicast.networkIs(interfaces);
    }

    /// Decides about one datagram. For `Reply` and `Kiss` the answer, less transmit stamp and MAC, stands in `reply`
    /// afterwards, addressed back to the peer from the address and by the interface that it came to; its length has
    /// room for the MAC already.
    ///
    /// @param monotonicNanos now, for the rate limit
    public NtpAction answer(Datagram request, Datagram reply, long monotonicNanos) {
        restrictFlags = restricts.flags(request.peerHigh, request.peerLow, request.peerPort);
        if (has(RestrictFlag.IGNORE)) {
            counters[NtpReason.RESTRICT_IGNORE.ordinal()]++;
            return drop(NtpReason.RESTRICT_IGNORE);
        }
        keyId = 0;
        row = monitor || has(RestrictFlag.LIMITED)
                ? clients.touch(request.peerHigh, request.peerLow, request.receivedAtNanos)
                : ClientTable.NONE;
        NtpAction action = decide(request, reply, monotonicNanos);
        account(request, action);
        return action;
    }

    private NtpAction decide(Datagram request, Datagram reply, long monotonicNanos) {
        if (request.length == 0) {
            return drop(NtpReason.TOO_SHORT);
        }
        NtpMode mode = NtpMode.ofCode(request.bytes[0]);
        if (mode == NtpMode.PRIVATE) {
            return drop(NtpReason.MODE_7);
        }
        if (request.peerPort == 0) {
            return drop(NtpReason.BAD_PORT);
        }
        if (mode == NtpMode.CONTROL) {
            return has(RestrictFlag.NOQUERY) ? drop(NtpReason.RESTRICT_NOQUERY) : NtpAction.ToControl.VALUE;
        }
        if (has(RestrictFlag.NOSERVE)) {
            return drop(NtpReason.RESTRICT_NOSERVE);
        }
        if (has(RestrictFlag.FLAKE) && isFlaky()) {
            return drop(NtpReason.RESTRICT_FLAKE);
        }
        if (request.length < NtpPacket.HEADER) {
            return drop(NtpReason.TOO_SHORT);
        }
        int version = request.bytes[0] >> 3 & 7;
        if (version < 1 || version > NEWEST_VERSION) {
            return drop(NtpReason.BAD_VERSION);
        }
        if (version != NEWEST_VERSION && has(RestrictFlag.VERSION)) {
            return drop(NtpReason.RESTRICT_VERSION);
        }
        return switch (mode) {
            case CLIENT -> request(request, reply, NtpMode.SERVER, monotonicNanos);
            case SYMMETRIC_ACTIVE -> symmetric(request, reply, monotonicNanos);
            case RESERVED -> withoutMode(request, reply, version, monotonicNanos);
            case SYMMETRIC_PASSIVE, SERVER, BROADCAST -> engine(request, mode);
            case CONTROL, PRIVATE -> throw new AssertionError("decided above");
        };
    }

    /// Version 1 had no modes: from port 123 a packet is symmetric, from another port a request (RFC 1305 appendix B).
    private NtpAction withoutMode(Datagram request, Datagram reply, int version, long monotonicNanos) {
        if (version != 1) {
            return drop(NtpReason.UNEXPECTED_MODE);
        }
        return request.peerPort == NTP_PORT
                ? symmetric(request, reply, monotonicNanos)
                : request(request, reply, NtpMode.SERVER, monotonicNanos);
    }

    /// A symmetric-active packet is answered like a request, in symmetric passive mode, and forgotten: no association
    /// comes of it, so nothing that it says can move our clock.
    private NtpAction symmetric(Datagram request, Datagram reply, long monotonicNanos) {
        return has(RestrictFlag.NOEPEER)
                ? drop(NtpReason.RESTRICT_NOEPEER)
                : request(request, reply, NtpMode.SYMMETRIC_PASSIVE, monotonicNanos);
    }

    private NtpAction request(Datagram request, Datagram reply, NtpMode replyMode, long monotonicNanos) {
        if (!unicast.isUnicast(request.localHigh, request.localLow)) {
            return drop(NtpReason.NOT_UNICAST);
        }
        boolean kiss = false;
        if (has(RestrictFlag.LIMITED)) {
            RateLimiter.Verdict verdict = limiter.judge(clients, row, monotonicNanos);
            if (verdict != RateLimiter.Verdict.PASS) {
                if (verdict == RateLimiter.Verdict.DROP || !has(RestrictFlag.KOD)) {
                    return drop(NtpReason.RATE_LIMITED);
                }
                kiss = true;
            }
        }
        int macOffset = Authenticator.macOffset(request.bytes, request.length);
        if (macOffset < 0) {
            return drop(NtpReason.BAD_LENGTH);
        }
        NtpReason authentic = authentic(request, macOffset);
        if (authentic != NtpReason.OK) {
            return refuse(request, reply, replyMode, authentic);
        }
        if (kiss) {
            writer.rateKiss(request, replyMode, averageLog2, reply);
        } else {
            writer.time(request, replyMode, reply);
        }
        if (macOffset < request.length) {
            ReplyWriter.keyedAs(request, macOffset, reply);
        }
        return kiss ? NtpAction.Kiss.of(NtpReason.RATE_KISSED) : NtpAction.Reply.VALUE;
    }

    /// OK also for a packet without MAC, unless its address must have one.
    private NtpReason authentic(Datagram request, int macOffset) {
        if (macOffset == request.length) {
            return has(RestrictFlag.NOTRUST) ? NtpReason.RESTRICT_NOTRUST : NtpReason.OK;
        }
        keyId = BigEndian.i32(request.bytes, macOffset);
        NtpReason reason = authenticator.verifyRequest(request.bytes, request.length, macOffset);
        return reason == NtpReason.CRYPTO_NAK ? NtpReason.WRONG_MAC_LENGTH : reason;
    }

    private NtpAction refuse(Datagram request, Datagram reply, NtpMode replyMode, NtpReason reason) {
        if (!cryptoNak || keyId == 0) {
            return drop(reason);
        }
        writer.time(request, replyMode, reply);
        ReplyWriter.nak(reply);
        return NtpAction.Kiss.of(reason);
    }

    /// Replies and broadcasts go to the engine, which verifies their MACs and says of a broadcast why it was refused.
    private NtpAction engine(Datagram packet, NtpMode mode) {
        int macOffset = Authenticator.macOffset(packet.bytes, packet.length);
        if (macOffset < 0) {
            return drop(NtpReason.BAD_LENGTH);
        }
        if (macOffset == packet.length) {
            boolean refused = mode != NtpMode.BROADCAST && has(RestrictFlag.NOTRUST);
            return refused ? drop(NtpReason.RESTRICT_NOTRUST) : NtpAction.ToEngine.VALUE;
        }
        keyId = BigEndian.i32(packet.bytes, macOffset);
        return NtpAction.ToEngine.VALUE;
    }

    /// Writes the transmit timestamp and, last, the MAC: to be called right before sending. A kiss-o'-death has its
    /// transmit timestamp from the client already.
    ///
    /// @param clockNanos the clock, read for this very packet
    public void seal(Datagram reply, long clockNanos) {
        if (BigEndian.i64(reply.bytes, NtpPacket.TRANSMIT) == 0) {
            BigEndian.put64(reply.bytes, NtpPacket.TRANSMIT, NtpTimestamp.ofNanos(clockNanos));
        }
        if (reply.length > NtpPacket.HEADER + Authenticator.KEY_ID) {
            authenticator.fill(reply.bytes, NtpPacket.HEADER, reply.length);
        }
    }

    private boolean has(RestrictFlag flag) {
        return flag.isIn(restrictFlags);
    }

    /// One in ten, by a xorshift generator.
    private boolean isFlaky() {
        flake ^= flake << 13;
        flake ^= flake >>> 7;
        flake ^= flake << 17;
        return Long.remainderUnsigned(flake, 10) == 0;
    }

    /// Counts the end that a datagram came to, and notes it in its sender's row.
    private void account(Datagram request, NtpAction action) {
        NtpReason reason = switch (action) {
            case NtpAction.Drop drop -> drop.reason();
            case NtpAction.Kiss kiss -> kiss.reason();
            case NtpAction.Reply _, NtpAction.ToEngine _, NtpAction.ToControl _ -> NtpReason.OK;
        };
        boolean answered = action instanceof NtpAction.Reply;
        if (answered || reason != NtpReason.OK) {
            counters[reason.ordinal()]++;
        }
        if (row != ClientTable.NONE) {
            int firstByte = request.length == 0 ? 0 : request.bytes[0];
            clients.note(row, request.peerPort, firstByte, restrictFlags, keyId, reason);
            if (answered) {
                clients.answered(row);
            }
        }
    }

    private static NtpAction drop(NtpReason reason) {
        return NtpAction.Drop.of(reason);
    }

    /// The `restrict` flags that applied to the last datagram: what the control protocol needs to know of its asker.
    public int restrictFlags() {
        return restrictFlags;
    }

    /// How many packets came to each end since start, by `NtpReason.ordinal()`. What went to the engine or to the
    /// control protocol is counted there.
    public long[] counters() {
        return counters.clone();
    }

    /// The newest clients first, `limit` at most.
    public List<ClientEntry> clients(int limit) {
        return clients.clients(limit);
    }
}
