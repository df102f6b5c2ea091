package org.ekicho.ntp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.access.RestrictFlag;
import org.ekicho.ntp.access.RestrictRule;
import org.ekicho.ntp.auth.Authenticator;
import org.ekicho.ntp.auth.KeyRing;
import org.ekicho.ntp.auth.KeyType;
import org.ekicho.ntp.auth.SymmetricKey;
import org.ekicho.ntp.packet.LeapIndicator;
import org.ekicho.ntp.packet.NtpMode;
import org.ekicho.ntp.packet.NtpPacket;
import org.ekicho.ntp.packet.ReferenceId;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;

/// A server with a key of each type, and what its tests ask of it.
class AskedServer {
    static final long NOW = 1_795_000_000_250_000_000L;
    static final long SECOND = 1_000_000_000L;
    static final IpAddress CLIENT = IpAddress.literal("192.168.55.2");
    static final IpAddress OURS = IpAddress.literal("192.168.55.1");
    static final long COOKIE = 0xe912_3456_789a_bcdeL;
    static final ServerState STATE = new ServerState(
            LeapIndicator.NONE, 11, -24, 0.001, 0.01, ReferenceId.LOCAL_CLOCK, NOW - 4 * SECOND, NOW - 2 * SECOND);
    /// One key of each kind, ids 1 and up in the kinds' order; all but the last are trusted.
    static final List<SymmetricKey> KEYS = Arrays.stream(KeyType.values())
            .map(type -> new SymmetricKey(
                    type.ordinal() + 1, type, new byte[type == KeyType.AES256CMAC ? 32 : 16], List.of()))
            .toList();

    static final KeyRing RING = new KeyRing(KEYS, Set.of(1, 2, 3, 4, 5, 6));

    final Authenticator authenticator = new Authenticator(RING);
    final Datagram reply = new Datagram();
    NtpServer server = server(Crypto.SILENT);

    enum Crypto {
        SILENT,
        NAK
    }

    void restrict(RestrictFlag... flags) {
        int mask = 0;
        for (RestrictFlag flag : flags) {
            mask |= flag.mask();
        }
        server = server(RING, Crypto.SILENT, new RestrictRule(IpPrefix.ALL_V4, mask));
    }

    static NtpServer server(Crypto crypto) {
        return server(RING, crypto);
    }

    static NtpServer server(KeyRing keys, Crypto crypto, RestrictRule... rules) {
        NtpServer made = new NtpServer(settings(keys, crypto == Crypto.NAK, List.of(rules)), 42);
        made.update(STATE);
        return made;
    }

    static TimeSettings settings(KeyRing keys, boolean cryptoNak, List<RestrictRule> rules) {
        TimeSettings base = TimeSettings.minimal();
        return new TimeSettings(
                base.clock(),
                base.port(),
                base.interfaces(),
                base.sources(),
                base.localClock(),
                base.hostClock(),
                base.broadcasts(),
                base.receiver(),
                keys,
                base.authRequired(),
                cryptoNak,
                new ArrayList<>(rules),
                base.rates(),
                base.selection(),
                base.discipline(),
                base.monitor());
    }

    static Datagram request(int version, NtpMode mode) {
        Datagram request = new Datagram().peer(CLIENT, 40_000).local(OURS, 7);
        new NtpPacket(LeapIndicator.UNSYNCHRONISED, version, mode, 0, 6, 0, 0, 0, 0, 0, 0, 0, COOKIE)
                .encode(request.bytes);
        request.length = 48;
        request.receivedAtNanos = NOW;
        return request;
    }

    Datagram keyed(Datagram request, int keyId) {
        request.length = authenticator.seal(request.bytes, request.length, keyId);
        return request;
    }

    NtpPacket answered(Datagram request) {
        assertThat(server.answer(request, reply, 0)).isInstanceOf(NtpAction.Reply.class);
        server.seal(reply, NOW + 1000);
        return NtpPacket.decode(reply.bytes, reply.length);
    }

    void assertDropped(Datagram request, NtpReason reason) {
        assertThat(server.answer(request, reply, 2)).isEqualTo(new NtpAction.Drop(reason));
    }
}
