package org.ekicho.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.ekicho.ntp.auth.KeyRing;
import org.ekicho.ntp.auth.KeyType;
import org.ekicho.ntp.auth.SymmetricKey;
import org.ekicho.ntp.packet.LeapIndicator;
import org.ekicho.ntp.packet.NtpPacket;
import org.ekicho.ntp.server.NtpAction;
import org.ekicho.ntp.server.NtpServer;
import org.ekicho.ntp.server.ServerState;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.IpAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrafficTest {
    private static final long NOW = 1_795_000_000_000_000_000L;

    @ParameterizedTest
    @EnumSource
    void a_right_answer_counts_and_a_wrong_one_does_not(Traffic traffic) {
        for (byte[] request : traffic.burst()) {
            Datagram reply = answer(request);
            assertThat(traffic.isAnswered(reply.bytes, reply.length)).isTrue();
            assertThat(traffic.isAnswered(reply.bytes, reply.length - 4)).isFalse();
            assertThat(traffic.isAnswered(request, request.length)).isFalse();
            reply.bytes[NtpPacket.ORIGIN] ^= 1;
            assertThat(traffic.isAnswered(reply.bytes, reply.length)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void an_answer_with_a_bad_mac_does_not_count(Traffic traffic) {
        Datagram reply = answer(traffic.burst()[0]);
        reply.bytes[reply.length - 1] ^= 1;
        assertThat(traffic.isAnswered(reply.bytes, reply.length)).isFalse();
    }

    private static Datagram answer(byte[] request) {
        TimeSettings settings = TimeSettings.minimal().withKeys(keys());
        NtpServer server = new NtpServer(settings, 1);
        server.update(new ServerState(LeapIndicator.NONE, 1, -20, 0, 0, 0, NOW, NOW));
        Datagram asked = new Datagram().payload(request).peer(IpAddress.LOOPBACK_V4, 5000);
        asked.receivedAtNanos = NOW;
        Datagram reply = new Datagram();
        assertThat(server.answer(asked, reply, 0)).isInstanceOf(NtpAction.Reply.class);
        server.seal(reply, NOW);
        return reply;
    }

    /// The keys of [Traffic#classicKeys], read by hand.
    private static KeyRing keys() {
        List<SymmetricKey> keys = Traffic.classicKeys()
                .lines()
                .map(line -> line.split(" ", -1))
                .map(words -> new SymmetricKey(
                        Integer.parseInt(words[0]),
                        KeyType.ofFileName(words[1]).orElseThrow(),
                        HexFormat.of().parseHex(words[2]),
                        List.of()))
                .toList();
        return new KeyRing(keys, Set.of(1, 2, 3));
    }
}
