package org.ekicho.ntp.packet;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.ekicho.ntp.access.RestrictFlag;
import org.ekicho.ntp.access.RestrictRule;
import org.ekicho.ntp.auth.Authenticator;
import org.ekicho.ntp.auth.KeyRing;
import org.ekicho.ntp.auth.KeyType;
import org.ekicho.ntp.auth.SymmetricKey;
import org.ekicho.ntp.server.NtpAction;
import org.ekicho.ntp.server.NtpServer;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.wire.BigEndian;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;

/// Any bytes at all, as a datagram to a server with a key of every kind: nothing throws, no answer is longer than its
/// request or draws another answer, and every keyed answer carries a good MAC.
public final class NtpPacketFuzz {
    private static final long NOW = 1_795_000_000_000_000_000L;
    private static final IpAddress PEER = IpAddress.literal("10.0.0.9");
    /// Key ids 1 and up in the order of the kinds.
    private static final KeyRing KEYS = new KeyRing(
            Arrays.stream(KeyType.values())
                    .map(type -> new SymmetricKey(
                            type.ordinal() + 1, type, new byte[type == KeyType.AES256CMAC ? 32 : 16], List.of()))
                    .toList(),
            Set.of(1, 2, 3, 4, 5, 6, 7));

    private NtpPacketFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        header(data);
        Authenticator authenticator = new Authenticator(KEYS);
        mac(data, authenticator);
        Datagram request = new Datagram().payload(data).peer(PEER, 123).local(IpAddress.literal("10.0.0.1"), 2);
        request.receivedAtNanos = NOW;
        NtpServer server = new NtpServer(settings(), 1);
        for (int i = 0; i < 3; i++) {
            answer(server, request, authenticator);
        }
        // The same with a MAC that is good, if there is room for one.
        if (data.length >= NtpPacket.HEADER && data.length < Datagram.CAPACITY - 100) {
            int key = 1 + (data[data.length - 1] & 0xff) % KeyType.values().length;
            request.length = authenticator.seal(request.bytes, request.length & ~3, key);
            answer(server, request, authenticator);
        }
    }

    private static void header(byte[] data) {
        if (data.length >= NtpPacket.HEADER) {
            byte[] again = new byte[NtpPacket.HEADER];
            NtpPacket.decode(data, data.length).encode(again);
            check(Arrays.equals(again, 0, again.length, data, 0, again.length), "decode and encode differ");
        }
    }

    private static void mac(byte[] data, Authenticator authenticator) {
        int offset = Authenticator.macOffset(data, data.length);
        check(offset == -1 || (offset >= NtpPacket.HEADER && offset <= data.length), "MAC outside of the packet");
        if (offset >= 0) {
            authenticator.verify(data, data.length, offset, PEER.high(), PEER.low());
        }
    }

    private static void answer(NtpServer server, Datagram request, Authenticator authenticator) {
        Datagram reply = new Datagram();
        NtpAction action = server.answer(request, reply, NOW);
        if (!(action instanceof NtpAction.Reply) && !(action instanceof NtpAction.Kiss)) {
            return;
        }
        server.seal(reply, NOW + 1);
        check(reply.length <= request.length, "the answer is longer than the request");
        check(
                BigEndian.i64(reply.bytes, NtpPacket.ORIGIN) == BigEndian.i64(request.bytes, NtpPacket.TRANSMIT),
                "origin");
        if (reply.length > NtpPacket.HEADER + Authenticator.KEY_ID) {
            check(
                    authenticator
                            .verifyRequest(reply.bytes, reply.length, NtpPacket.HEADER)
                            .name()
                            .equals("OK"),
                    "a keyed answer with a bad MAC");
        }
        NtpAction echo = server.answer(reply, new Datagram(), NOW);
        check(!(echo instanceof NtpAction.Reply) && !(echo instanceof NtpAction.Kiss), "an answer was answered");
    }

    private static TimeSettings settings() {
        TimeSettings base = TimeSettings.minimal();
        RestrictRule limited = new RestrictRule(IpPrefix.ALL_V4, RestrictFlag.LIMITED.mask() | RestrictFlag.KOD.mask());
        return new TimeSettings(
                base.clock(),
                base.port(),
                base.interfaces(),
                base.sources(),
                base.localClock(),
                base.hostClock(),
                base.broadcasts(),
                base.receiver(),
                KEYS,
                base.authRequired(),
                true,
                List.of(limited),
                base.rates(),
                base.selection(),
                base.discipline(),
                base.monitor());
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
