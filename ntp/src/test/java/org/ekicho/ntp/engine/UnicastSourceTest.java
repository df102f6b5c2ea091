package org.ekicho.ntp.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.boundary.TimeAction;
import org.ekicho.ntp.capture.Capture;
import org.ekicho.ntp.packet.LeapIndicator;
import org.ekicho.ntp.packet.NtpMode;
import org.ekicho.ntp.packet.NtpPacket;
import org.ekicho.ntp.packet.ReferenceId;
import org.ekicho.ntp.settings.ClockMode;
import org.ekicho.ntp.settings.SourceSettings;
import org.ekicho.ntp.view.AssociationView;
import org.ekicho.ntp.view.ReasonCount;
import org.ekicho.ntp.view.SelectionStatus;
import org.ekicho.wire.BigEndian;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.IpAddress;
import org.junit.jupiter.api.Test;

class UnicastSourceTest {
    private final TestSettings settings = new TestSettings();
    private final PretendServer server = new PretendServer();

    private DrivenEngine start(int keyId) {
        settings.sources = List.of(TestSettings.server("192.168.55.1", keyId, 6, 10));
        return new DrivenEngine(settings.done());
    }

    /// Every request is answered by what `mangle` leaves of a good reply.
    private Consumer<DrivenEngine.Sent> answers(DrivenEngine driven, Consumer<Datagram> mangle) {
        return sent -> {
            Datagram reply = server.reply(sent.datagram(), sent.atNanos());
            mangle.accept(reply);
            driven.runTo(sent.atNanos() + 200_000);
            driven.receive(reply);
        };
    }

    private static AssociationView source(DrivenEngine driven) {
        return driven.only(AssociationView.Kind.UNICAST);
    }

    @Test
    void a_server_is_followed() {
        DrivenEngine driven = start(0);
        driven.run(30, server.answers(driven));
        assertThat(driven.engine.serverState().stratum()).isEqualTo(12);
        assertThat(driven.engine.serverState().referenceId())
                .isEqualTo(ReferenceId.ofAddress(IpAddress.literal("192.168.55.1")));
        assertThat(driven.engine.serverState().rootDelay()).isBetween(0.0001, 0.0003);
        AssociationView view = source(driven);
        assertThat(view.selection()).isEqualTo(SelectionStatus.SYS_PEER);
        assertThat(view.offsetSeconds()).isBetween(-1e-4, 1e-4);
        assertThat(view.delaySeconds()).isBetween(1.9e-4, 2.1e-4);
        assertThat(view.local()).hasToString("192.168.55.2");
        assertThat(view.flash()).isZero();
        assertThat(view.filter()).isNotEmpty();
        assertThat(driven.view().sentence()).startsWith("synchronised to 192.168.55.1 (stratum 11), within ");
    }

    @Test
    void requests_tell_nothing_but_a_nonce() {
        DrivenEngine driven = start(10);
        driven.run(20, server.answers(driven));
        assertThat(driven.sent).hasSize(6);
        for (DrivenEngine.Sent sent : driven.sent) {
            NtpPacket request = NtpPacket.decode(sent.datagram().bytes, sent.datagram().length);
            assertThat(request.mode()).isEqualTo(NtpMode.CLIENT);
            assertThat(request.version()).isEqualTo(4);
            assertThat(request.origin()).isZero();
            assertThat(request.receive()).isZero();
            assertThat(request.reference()).isZero();
            assertThat(sent.datagram().length).isEqualTo(68);
            assertThat(BigEndian.i32(sent.datagram().bytes, 48)).isEqualTo(10);
        }
        assertThat(driven.sent.stream().map(sent -> BigEndian.i64(sent.datagram().bytes, NtpPacket.TRANSMIT)))
                .doesNotHaveDuplicates();
    }

    @Test
    void iburst_asks_six_times_two_seconds_apart_and_then_at_the_interval() {
        DrivenEngine driven = start(0);
        driven.run(200, server.answers(driven));
        for (int i = 1; i < 6; i++) {
            assertThat(gap(driven, i)).isBetween(2.0, 2.1);
        }
        assertThat(gap(driven, 6)).isBetween(64.0, 66.0);
        assertThat(gap(driven, 7)).isBetween(64.0, 66.0);
    }

    private static double gap(DrivenEngine driven, int i) {
        return (driven.sent.get(i).atNanos() - driven.sent.get(i - 1).atNanos()) / 1e9;
    }

    @Test
    void an_unanswered_burst_ends_early_and_requests_become_rarer() {
        DrivenEngine driven = start(0);
        driven.run(50);
        assertThat(driven.sent).hasSize(3);
        driven.run(40_000);
        assertThat(driven.sent.size()).isLessThan(3 * 80);
        assertThat(source(driven).state()).startsWith("no answer so far: ");
        assertThat(source(driven).reach()).isZero();
    }

    @Test
    void a_reply_to_nothing_we_asked_changes_nothing() {
        DrivenEngine driven = start(0);
        driven.run(30, answers(driven, reply -> BigEndian.put64(reply.bytes, NtpPacket.ORIGIN, 4711)));
        assertNeverUsed(driven, NtpReason.BOGUS_ORIGIN);
    }

    @Test
    void a_zero_origin_changes_nothing() {
        DrivenEngine driven = start(0);
        driven.run(30, answers(driven, reply -> BigEndian.put64(reply.bytes, NtpPacket.ORIGIN, 0)));
        assertNeverUsed(driven, NtpReason.BOGUS_ORIGIN);
    }

    @Test
    void a_second_copy_of_a_reply_is_a_duplicate() {
        DrivenEngine driven = start(0);
        driven.run(1.5, sent -> {
            Datagram reply = server.reply(sent.datagram(), sent.atNanos());
            driven.receive(reply.copy());
            driven.receive(reply);
        });
        assertThat(source(driven).received()).isEqualTo(1);
        assertThat(source(driven).refusals()).containsExactly(new ReasonCount(NtpReason.DUPLICATE, 1));
    }

    @Test
    void a_reply_without_the_mac_that_is_configured_is_refused() {
        DrivenEngine driven = start(10);
        driven.run(30, answers(driven, reply -> reply.length = NtpPacket.HEADER));
        assertNeverUsed(driven, NtpReason.MISSING_MAC);
    }

    @Test
    void a_reply_by_another_trusted_key_is_refused() {
        DrivenEngine driven = start(10);
        driven.run(30, answers(driven, reply -> {
            reply.length = NtpPacket.HEADER;
            server.sealed(reply, 11);
        }));
        assertNeverUsed(driven, NtpReason.WRONG_KEY_ID);
    }

    @Test
    void a_reply_with_a_changed_byte_is_refused() {
        DrivenEngine driven = start(12);
        driven.run(30, answers(driven, reply -> reply.bytes[NtpPacket.RECEIVE + 3] ^= 1));
        assertNeverUsed(driven, NtpReason.BAD_MAC);
        assertThat(driven.view().sentence()).contains("the MAC does not match");
    }

    private static void assertNeverUsed(DrivenEngine driven, NtpReason reason) {
        assertThat(driven.isSynchronised()).isFalse();
        assertThat(source(driven).received()).isZero();
        assertThat(source(driven).reach()).isZero();
        assertThat(source(driven).lastRefusal()).isPresent();
        assertThat(source(driven).refusals()).extracting(ReasonCount::reason).contains(reason);
        assertThat(driven.actions).contains(new TimeAction.Refused(reason));
    }

    @Test
    void a_crypto_nak_counts_only_with_the_right_origin() {
        DrivenEngine driven = start(10);
        driven.run(1.5, answers(driven, reply -> {
            BigEndian.put32(reply.bytes, NtpPacket.HEADER, 0);
            reply.length = NtpPacket.HEADER + 4;
        }));
        assertThat(source(driven).lastRefusal()).contains(NtpReason.CRYPTO_NAK);
        assertThat(source(driven).lastEvent()).isEqualTo(12);
        DrivenEngine other = start(10);
        other.run(1.5, answers(other, reply -> {
            BigEndian.put64(reply.bytes, NtpPacket.ORIGIN, 1);
            BigEndian.put32(reply.bytes, NtpPacket.HEADER, 0);
            reply.length = NtpPacket.HEADER + 4;
        }));
        assertThat(source(other).lastRefusal()).contains(NtpReason.BOGUS_ORIGIN);
    }

    @Test
    void a_kiss_rate_makes_requests_rarer_but_never_stops_them() {
        settings.sources = List.of(TestSettings.server("192.168.55.1", 10, 4, 6));
        DrivenEngine driven = new DrivenEngine(settings.done());
        driven.run(50_000, sent -> kiss(driven, sent, ReferenceId.RATE, 10));
        assertThat(source(driven).hostPoll()).isEqualTo(10);
        assertThat(driven.sent.size()).isBetween(20, 70);
        assertThat(driven.isSynchronised()).isFalse();
        assertThat(source(driven).lastRefusal()).contains(NtpReason.KISS_RATE);
    }

    @Test
    void a_kiss_without_the_mac_is_ignored() {
        DrivenEngine driven = start(10);
        driven.run(500, sent -> kiss(driven, sent, ReferenceId.DENY, 0));
        assertThat(source(driven).hostPoll()).isEqualTo(6);
        assertThat(source(driven).refusals()).extracting(ReasonCount::reason).doesNotContain(NtpReason.KISS_DENY);
    }

    private void kiss(DrivenEngine driven, DrivenEngine.Sent sent, int code, int keyId) {
        Datagram reply = server.reply(sent.datagram(), sent.atNanos());
        reply.bytes[0] |= (byte) 0xc0;
        reply.bytes[NtpPacket.STRATUM] = 0;
        BigEndian.put32(reply.bytes, NtpPacket.REFERENCE_ID, code);
        reply.length = NtpPacket.HEADER;
        driven.runTo(sent.atNanos() + 200_000);
        driven.receive(server.sealed(reply, keyId));
    }

    @Test
    void an_unsynchronised_server_is_shown_but_not_followed() {
        DrivenEngine driven = start(0);
        server.leap = LeapIndicator.UNSYNCHRONISED;
        driven.run(30, server.answers(driven));
        assertThat(driven.isSynchronised()).isFalse();
        assertThat(source(driven).leap()).isEqualTo(LeapIndicator.UNSYNCHRONISED);
        assertThat(source(driven).lastRefusal()).contains(NtpReason.UNSYNCHRONISED);
        assertThat(driven.view().sentence())
                .isEqualTo("unsynchronised: 192.168.55.1: unreachable: " + NtpReason.UNSYNCHRONISED.sentence());
    }

    @Test
    void a_server_that_takes_its_time_from_us_is_a_loop() {
        DrivenEngine driven = start(0);
        server.referenceId = ReferenceId.ofAddress(IpAddress.literal("192.168.56.2"));
        driven.run(30, server.answers(driven));
        assertThat(driven.isSynchronised()).isFalse();
        assertThat(source(driven).lastRefusal()).contains(NtpReason.SYNC_LOOP);
        assertThat(source(driven).flash() & 0x0800).isNotZero();
    }

    @Test
    void a_server_that_falls_silent_becomes_unreachable_and_is_held_over_for_an_hour() {
        settings.sources = List.of(TestSettings.server("192.168.55.1", 0, 6, 6));
        DrivenEngine driven = new DrivenEngine(settings.done());
        driven.run(500, server.answers(driven));
        assertThat(source(driven).reach()).isNotZero();
        driven.run(9 * 66);
        assertThat(source(driven).reach()).isZero();
        assertThat(source(driven).state()).startsWith("unreachable");
        assertThat(driven.isSynchronised()).isTrue();
        assertThat(driven.view().lastEvent()).isEqualTo(8);
        assertThat(driven.view().sentence()).startsWith("holding over since 192.168.55.1 was lost, within ");
        driven.run(3700);
        assertThat(driven.isSynchronised()).isFalse();
        assertThat(driven.engine.serverState().stratum()).isEqualTo(16);
    }

    @Test
    void observing_never_touches_the_clock_and_owns_up_to_the_offset() {
        DrivenEngine driven = start(0);
        server.clockErrorSeconds = 0.7;
        driven.run(400, server.answers(driven));
        assertThat(driven.isSynchronised()).isTrue();
        assertThat(driven.engine.serverState().rootDispersion()).isGreaterThan(0.7);
        assertThat(driven.view().offsetSeconds()).isBetween(0.69, 0.71);
        assertThat(driven.actions)
                .noneMatch(action -> action instanceof TimeAction.Step
                        || action instanceof TimeAction.SetFrequency
                        || action instanceof TimeAction.TellKernel);
    }

    @Test
    void an_observed_clock_that_is_far_off_is_not_called_synchronised() {
        DrivenEngine driven = start(0);
        server.clockErrorSeconds = -5;
        driven.run(400, server.answers(driven));
        assertThat(driven.isSynchronised()).isFalse();
        assertThat(driven.view().sentence())
                .isEqualTo("unsynchronised: this clock is 5.0 s from its sources, and it may only be observed"
                        + " (clock = \"observe\")");
    }

    @Test
    void steering_steps_a_large_offset_at_start() {
        settings.clock = ClockMode.STEER;
        DrivenEngine driven = start(10);
        server.clockErrorSeconds = 20;
        driven.run(300, server.answers(driven));
        assertThat(driven.clockErrorSeconds()).isBetween(19.99, 20.01);
        assertThat(driven.isSynchronised()).isTrue();
        assertThat(driven.view().offsetSeconds()).isBetween(-0.001, 0.001);
        assertThat(source(driven).offsetSeconds()).isBetween(-0.001, 0.001);
        assertThat(driven.now().clockNanos() - driven.engine.serverState().referenceNanos())
                .isBetween(0L, 70 * DrivenEngine.SECOND);
    }

    @Test
    void steering_leaves_the_clock_alone_beyond_the_panic_limit() {
        settings.clock = ClockMode.STEER;
        DrivenEngine driven = start(10);
        server.clockErrorSeconds = 5000;
        driven.run(300, server.answers(driven));
        assertThat(driven.clockErrorSeconds()).isZero();
        assertThat(driven.isSynchronised()).isFalse();
        assertThat(driven.view().sentence()).contains("beyond the panic limit");
        assertThat(driven.view().lastEvent()).isEqualTo(7);
    }

    @Test
    void a_pool_gives_four_associations_and_a_lost_one_is_replaced() {
        settings.sources = List.of(new SourceSettings(
                SourceSettings.Kind.POOL, "pool.lan", 123, 0, true, false, false, 4, 4, 4, false, false));
        DrivenEngine driven = new DrivenEngine(settings.done());
        assertThat(driven.view().associations()).isEmpty();
        List<IpAddress> five = List.of(
                IpAddress.literal("192.168.55.1"),
                IpAddress.literal("192.168.55.3"),
                IpAddress.literal("192.168.55.4"),
                IpAddress.literal("192.168.55.5"),
                IpAddress.literal("192.168.55.6"));
        driven.engine.resolved(0, five, driven.now(), driven.out());
        assertThat(driven.view().associations()).hasSize(4);
        driven.run(300, server.answers(driven));
        driven.engine.resolved(0, five.subList(3, 5), driven.now(), driven.out());
        assertThat(driven.view().associations())
                .extracting(view -> view.remote().address().toString())
                .containsExactlyInAnyOrder("192.168.55.1", "192.168.55.5", "192.168.55.6");
    }

    @Test
    void a_packet_from_a_stranger_is_a_stray() {
        DrivenEngine driven = start(0);
        Datagram packet = Capture.read("md5").get(2).datagram();
        driven.receive(packet.peer(IpAddress.literal("192.168.55.9"), 123));
        assertThat(driven.view().lastStrays()).hasSize(1);
        assertThat(driven.view().lastStrays().getFirst().reason()).isEqualTo(NtpReason.UNEXPECTED_MODE);
    }
}
