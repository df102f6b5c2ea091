package org.ekicho.ntp.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.access.RestrictFlag;
import org.ekicho.ntp.packet.LeapIndicator;
import org.ekicho.ntp.packet.NtpMode;
import org.ekicho.ntp.packet.NtpPacket;
import org.ekicho.ntp.packet.ReferenceId;
import org.ekicho.wire.Datagram;
import org.junit.jupiter.api.Test;

/// Whom a server refuses and how often it answers: `restrict` and `discard`.
final class NtpServerLimitsTest extends AskedServer {
    @Test
    void restrict_flags_are_honoured() {
        restrict(RestrictFlag.IGNORE);
        assertDropped(request(4, NtpMode.CLIENT), NtpReason.RESTRICT_IGNORE);
        assertThat(server.clients(1)).isEmpty();
        restrict(RestrictFlag.NOSERVE);
        assertDropped(request(4, NtpMode.CLIENT), NtpReason.RESTRICT_NOSERVE);
        restrict(RestrictFlag.VERSION);
        assertDropped(request(3, NtpMode.CLIENT), NtpReason.RESTRICT_VERSION);
        answered(request(4, NtpMode.CLIENT));
        restrict(RestrictFlag.NOTRUST);
        assertDropped(request(4, NtpMode.CLIENT), NtpReason.RESTRICT_NOTRUST);
        assertDropped(request(4, NtpMode.SERVER), NtpReason.RESTRICT_NOTRUST);
        assertThat(server.answer(request(4, NtpMode.BROADCAST), reply, 0)).isInstanceOf(NtpAction.ToEngine.class);
        answered(keyed(request(4, NtpMode.CLIENT), 2));
        restrict(RestrictFlag.NOPEER);
        assertThat(server.answer(request(4, NtpMode.BROADCAST), reply, 0)).isInstanceOf(NtpAction.ToEngine.class);
        answered(request(4, NtpMode.CLIENT));
    }

    @Test
    void flake_drops_about_one_in_ten() {
        restrict(RestrictFlag.FLAKE);
        int dropped = 0;
        for (int i = 0; i < 10_000; i++) {
            dropped += server.answer(request(4, NtpMode.CLIENT), reply, 0) instanceof NtpAction.Drop ? 1 : 0;
        }
        assertThat(dropped).isBetween(800, 1200);
    }

    @Test
    void who_asks_too_often_is_told_once_and_then_dropped() {
        restrict(RestrictFlag.LIMITED, RestrictFlag.KOD);
        answered(request(4, NtpMode.CLIENT));
        assertThat(server.answer(request(4, NtpMode.CLIENT), reply, 1))
                .isEqualTo(new NtpAction.Kiss(NtpReason.RATE_KISSED));
        server.seal(reply, NOW);
        NtpPacket kiss = NtpPacket.decode(reply.bytes, reply.length);
        assertThat(kiss)
                .isEqualTo(new NtpPacket(
                        LeapIndicator.UNSYNCHRONISED,
                        4,
                        NtpMode.SERVER,
                        0,
                        6,
                        -24,
                        0,
                        0,
                        ReferenceId.RATE,
                        0,
                        COOKIE,
                        COOKIE,
                        COOKIE));
        assertDropped(request(4, NtpMode.CLIENT), NtpReason.RATE_LIMITED);
    }

    @Test
    void a_kiss_to_a_keyed_request_is_keyed_and_only_a_good_mac_draws_one() {
        restrict(RestrictFlag.LIMITED, RestrictFlag.KOD);
        answered(keyed(request(4, NtpMode.CLIENT), 6));
        Datagram bad = keyed(request(4, NtpMode.CLIENT), 6);
        bad.bytes[50]++;
        assertDropped(bad, NtpReason.UNKNOWN_KEY);
        long later = 100 * SECOND;
        assertThat(server.answer(keyed(request(4, NtpMode.CLIENT), 6), reply, later))
                .isInstanceOf(NtpAction.Reply.class);
        assertThat(server.answer(keyed(request(4, NtpMode.CLIENT), 6), reply, later + 1))
                .isInstanceOf(NtpAction.Kiss.class);
        server.seal(reply, NOW);
        assertThat(authenticator.verify(reply.bytes, reply.length, 48, 0, 0)).isEqualTo(NtpReason.OK);
    }

    @Test
    void limited_without_kod_drops_silently() {
        restrict(RestrictFlag.LIMITED);
        answered(request(4, NtpMode.CLIENT));
        assertDropped(request(4, NtpMode.CLIENT), NtpReason.RATE_LIMITED);
    }

    @Test
    void a_keyed_volley_of_a_multicast_client_passes_the_classic_limits() {
        restrict(RestrictFlag.LIMITED, RestrictFlag.KOD);
        for (int i = 0; i < 6; i++) {
            assertThat(server.answer(keyed(request(4, NtpMode.CLIENT), 1), reply, i * 2L * SECOND))
                    .isInstanceOf(NtpAction.Reply.class);
        }
    }
}
