package org.ekicho.ntp.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.access.RestrictFlag;
import org.ekicho.ntp.access.RestrictRule;
import org.ekicho.ntp.auth.KeyRing;
import org.ekicho.ntp.auth.KeyType;
import org.ekicho.ntp.auth.SymmetricKey;
import org.ekicho.ntp.boundary.ReplayFloor;
import org.ekicho.ntp.boundary.SavedState;
import org.ekicho.ntp.boundary.TimeAction;
import org.ekicho.ntp.capture.Capture;
import org.ekicho.ntp.packet.NtpMode;
import org.ekicho.ntp.packet.NtpPacket;
import org.ekicho.ntp.packet.NtpTimestamp;
import org.ekicho.ntp.settings.ReceiverSettings;
import org.ekicho.ntp.view.AssociationView;
import org.ekicho.ntp.view.ReasonCount;
import org.ekicho.ntp.view.SelectionStatus;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BroadcastReceiverTest extends HearingReceiver {
    @Test
    void the_story_from_the_first_packet_to_following() {
        DrivenEngine driven = start();
        server.send(driven, 4, 10);
        AssociationView heard = association(driven);
        assertThat(heard.volley()).isTrue();
        assertThat(heard.reach()).isZero();
        assertThat(heard.hostMode()).isEqualTo(NtpMode.CLIENT);
        assertThat(heard.state()).startsWith("heard; measures the delay in ");
        assertThat(driven.isSynchronised()).isFalse();
        driven.run(16.5, server.answers(driven));
        AssociationView measuring = association(driven);
        assertThat(measuring.received()).isPositive();
        assertThat(measuring.authentic()).isTrue();
        server.sendMany(driven, 4, 4, 10);
        AssociationView following = association(driven);
        assertThat(following.volley()).isFalse();
        assertThat(following.id()).isEqualTo(heard.id());
        assertThat(following.selection()).isEqualTo(SelectionStatus.SYS_PEER);
        assertThat(following.delaySeconds()).isBetween(1.9e-4, 2.1e-4);
        assertThat(following.offsetSeconds()).isBetween(-1e-5, 1e-5);
        assertThat(following.interfaceName()).isEqualTo("eth0");
        assertThat(following.local()).hasToString("192.168.55.2");
        assertThat(driven.isSynchronised()).isTrue();
    }

    @Test
    void the_volley_is_unicast_with_the_same_key_two_seconds_apart() {
        DrivenEngine driven = start();
        server.send(driven, 4, 11);
        driven.run(40);
        assertThat(driven.sent).hasSizeGreaterThanOrEqualTo(6);
        for (int i = 0; i < 6; i++) {
            DrivenEngine.Sent sent = driven.sent.get(i);
            assertThat(sent.to()).isEqualTo(new Endpoint(SENDER, 123));
            assertThat(sent.datagram().length).isEqualTo(NtpPacket.HEADER + 24);
            assertThat(sent.datagram().bytes[51]).isEqualTo((byte) 11);
            if (i > 0) {
                assertThat(sent.atNanos() - driven.sent.get(i - 1).atNanos()).isEqualTo(2 * DrivenEngine.SECOND);
            }
        }
    }

    @Test
    void volleys_of_many_receivers_begin_at_different_times() {
        Set<Long> starts = new HashSet<>();
        for (int seed = 0; seed < 20; seed++) {
            DrivenEngine driven = new DrivenEngine(settings.done(), SavedState.NONE, DrivenEngine.START, 0, seed);
            server.send(driven, 6, 10);
            driven.run(31);
            starts.add((driven.sent.getFirst().atNanos() - DrivenEngine.START) / DrivenEngine.SECOND);
        }
        assertThat(starts).hasSizeGreaterThan(10).allMatch(second -> second <= 30);
    }

    @Test
    void the_first_broadcast_after_the_volley_is_used() {
        settings.receiver = receiver(Duration.ZERO, ReceiverSettings.DEFAULT_SENDERS);
        DrivenEngine driven = start();
        server.sendMany(driven, 2, 4, 10);
        assertThat(association(driven).refusals()).isEmpty();
        assertThat(association(driven).peerMode()).isEqualTo(NtpMode.BROADCAST);
        assertThat(association(driven).reach() & 1).isEqualTo(1);
    }

    @Test
    void an_unanswered_volley_is_said_and_tried_again_ever_more_rarely() {
        DrivenEngine driven = start();
        for (int i = 0; i < 60; i++) {
            Datagram packet = server.multicast(driven.trueNanos(), 4, 10);
            driven.receive(packet);
            driven.run(17);
        }
        assertThat(association(driven).state()).startsWith("the sender does not answer unicast requests");
        assertThat(association(driven).refusals())
                .extracting(ReasonCount::reason)
                .contains(NtpReason.VOLLEY_UNANSWERED);
        assertThat(association(driven).volley()).isTrue();
        assertThat(association(driven).reach()).isZero();
        assertThat(driven.isSynchronised()).isFalse();
        assertThat(driven.sent).hasSizeBetween(18, 42);
        assertThat(driven.view().sentence()).contains("does not answer unicast requests");
        server.sendMany(driven, 70, 4, 10);
        assertThat(driven.isSynchronised()).isTrue();
    }

    @Test
    void without_a_volley_the_delay_is_assumed() {
        settings.receiver = TestSettings.novolley(Duration.ofMillis(4));
        DrivenEngine driven = start();
        server.sendMany(driven, 3, 4, 10);
        assertThat(driven.sent).isEmpty();
        assertThat(association(driven).volley()).isFalse();
        assertThat(association(driven).delaySeconds()).isEqualTo(0.008);
        assertThat(association(driven).offsetSeconds()).isBetween(0.0038, 0.004);
        assertThat(association(driven).state()).isEqualTo("following; delay of 8.000 ms assumed");
        assertThat(driven.isSynchronised()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 13})
    void no_key_and_an_unknown_key_form_nothing(int keyId) {
        DrivenEngine driven = start();
        server.keys = new KeyRing(List.of(new SymmetricKey(13, KeyType.MD5, new byte[] {1}, List.of())), Set.of(13));
        server.sendMany(driven, 3, 4, keyId);
        assertThat(isFollowing(driven)).isFalse();
        assertThat(stray(driven).reason()).isEqualTo(keyId == 0 ? NtpReason.MISSING_MAC : NtpReason.UNKNOWN_KEY);
        assertThat(stray(driven).count()).isEqualTo(3);
        assertThat(stray(driven).keyId()).isEqualTo(keyId);
    }

    @Test
    void an_untrusted_key_forms_nothing() {
        settings.keys = new KeyRing(Capture.keys().keys(), Set.of(11));
        DrivenEngine driven = start();
        server.sendMany(driven, 3, 4, 10);
        assertThat(isFollowing(driven)).isFalse();
        assertThat(stray(driven).reason()).isEqualTo(NtpReason.UNTRUSTED_KEY);
    }

    @Test
    void with_auth_disabled_a_sender_without_key_is_followed() {
        settings.authRequired = false;
        DrivenEngine driven = start();
        server.sendMany(driven, 3, 4, 0);
        assertThat(driven.isSynchronised()).isTrue();
        assertThat(association(driven).authEnabled()).isFalse();
    }

    @Test
    void a_replayed_packet_is_refused_and_changes_nothing() {
        DrivenEngine driven = start();
        Datagram old = server.multicast(driven.trueNanos(), 4, 10);
        server.sendMany(driven, 4, 4, 10);
        AssociationView before = association(driven);
        driven.receive(old.copy());
        AssociationView after = association(driven);
        assertThat(after.lastRefusal()).contains(NtpReason.REPLAY);
        assertThat(after.reach()).isEqualTo(before.reach());
        assertThat(after.offsetSeconds()).isEqualTo(before.offsetSeconds());
        assertThat(after.reference()).isEqualTo(before.reference());
    }

    @Test
    void a_replay_is_known_across_a_restart() {
        DrivenEngine driven = start();
        Datagram old = server.multicast(driven.trueNanos(), 4, 10);
        server.sendMany(driven, 4, 4, 10);
        List<ReplayFloor> floors = driven.actions.stream()
                .filter(TimeAction.SaveFloor.class::isInstance)
                .map(action -> ((TimeAction.SaveFloor) action).floor())
                .toList();
        assertThat(floors).hasSizeBetween(1, 2);
        DrivenEngine again = new DrivenEngine(
                settings.done(), new SavedState(SavedState.NONE.driftPpm(), floors), driven.trueNanos(), 0, 3);
        again.receive(old.copy());
        assertThat(isFollowing(again)).isFalse();
        assertThat(stray(again).reason()).isIn(NtpReason.REPLAY, NtpReason.DUPLICATE);
        server.sendMany(again, 4, 4, 10);
        assertThat(again.isSynchronised()).isTrue();
    }

    @Test
    void a_packet_that_was_held_back_is_refused() {
        DrivenEngine driven = start();
        server.sendMany(driven, 4, 4, 10);
        Datagram held = server.multicast(driven.trueNanos(), 4, 10);
        driven.run(5, server.answers(driven));
        driven.receive(held);
        assertThat(association(driven).lastRefusal()).contains(NtpReason.TOO_OLD);
        assertThat(association(driven).offsetSeconds()).isBetween(-1e-4, 1e-4);
    }

    @Test
    void a_packet_before_the_interval_is_over_is_refused() {
        DrivenEngine driven = start();
        server.sendMany(driven, 4, 4, 10);
        server.send(driven, 4, 10);
        long received = association(driven).received();
        driven.run(10, server.answers(driven));
        server.send(driven, 4, 10);
        assertThat(association(driven).lastRefusal()).contains(NtpReason.TOO_EARLY);
        assertThat(association(driven).received()).isEqualTo(received);
    }

    @Test
    void a_sender_too_far_from_our_clock_is_refused() {
        DrivenEngine driven = start();
        server.clockErrorSeconds = 2000;
        server.sendMany(driven, 3, 4, 10);
        assertThat(isFollowing(driven)).isFalse();
        assertThat(stray(driven).reason()).isEqualTo(NtpReason.TOO_FAR);
    }

    @Test
    void a_group_that_is_not_configured_is_not_heard() {
        DrivenEngine driven = start();
        driven.receive(server.multicast(driven.trueNanos(), 4, 10).local(IpAddress.literal("224.0.1.2"), 2));
        assertThat(stray(driven).reason()).isEqualTo(NtpReason.GROUP_NOT_WANTED);
    }

    @Test
    void nothing_is_heard_when_receiving_is_off() {
        settings.receiver = ReceiverSettings.OFF;
        DrivenEngine driven = start();
        server.sendMany(driven, 3, 4, 10);
        assertThat(stray(driven).reason()).isEqualTo(NtpReason.NOT_LISTENING);
    }

    @Test
    void a_sender_that_is_asked_by_unicast_is_not_followed_twice() {
        settings.sources = List.of(TestSettings.server("192.168.55.1", 10, 6, 6));
        DrivenEngine driven = start();
        server.send(driven, 4, 10);
        assertThat(stray(driven).reason()).isEqualTo(NtpReason.CONFIGURED_ALREADY);
    }

    @Test
    void a_second_stream_by_a_new_key_takes_over_without_losing_the_time() {
        DrivenEngine driven = start();
        server.sendMany(driven, 5, 4, 10);
        int id = association(driven).id();
        for (int i = 0; i < 5; i++) {
            server.send(driven, 4, 10);
            driven.run(3, server.answers(driven));
            server.send(driven, 4, 11);
            driven.run(14, server.answers(driven));
        }
        assertThat(association(driven).keyId()).isEqualTo(10);
        assertThat(association(driven).refusals()).isEmpty();
        for (int i = 0; i < 6; i++) {
            server.send(driven, 4, 11);
            driven.run(17, server.answers(driven));
            assertThat(driven.isSynchronised()).isTrue();
            assertThat(association(driven).reach()).isNotZero();
        }
        assertThat(association(driven).id()).isEqualTo(id);
        assertThat(association(driven).keyId()).isEqualTo(11);
        assertThat(association(driven).volley()).isFalse();
        assertThat(driven.reports()).anyMatch(text -> text.contains("followed by key 11 now"));
    }

    @Test
    void a_sender_that_falls_silent_becomes_unreachable_is_forgotten_and_may_come_again() {
        DrivenEngine driven = start();
        server.sendMany(driven, 9, 4, 10);
        assertThat(association(driven).reach()).isEqualTo(0xff);
        driven.run(9 * 16 - 5, server.answers(driven));
        assertThat(association(driven).reach()).isZero();
        assertThat(driven.view().systemPeer()).isZero();
        assertThat(association(driven).selection()).isEqualTo(SelectionStatus.REJECT);
        assertThat(association(driven).state()).startsWith("unreachable: silent for ");
        driven.run(9 * 16, server.answers(driven));
        assertThat(isFollowing(driven)).isFalse();
        server.sendMany(driven, 4, 4, 10);
        assertThat(association(driven).volley()).isFalse();
        assertThat(driven.view().systemPeer()).isEqualTo(association(driven).id());
    }

    @Test
    void the_delay_is_measured_again_now_and_then() {
        DrivenEngine driven = start();
        server.sendMany(driven, 5, 4, 10);
        int after = driven.sent.size();
        server.sendMany(driven, 600, 4, 10);
        int later = driven.sent.size() - after;
        assertThat(later).isBetween(2 * 3, 2 * 7);
        assertThat(association(driven).refusals()).isEmpty();
    }

    @Test
    void no_more_senders_are_followed_than_configured() {
        settings.receiver = receiver(ReceiverSettings.DEFAULT_SPREAD, 2);
        DrivenEngine driven = start();
        for (int i = 1; i <= 5; i++) {
            server.endpoint = new Endpoint(IpAddress.literal("192.168.55.10" + i), 123);
            server.send(driven, 4, 10);
        }
        assertThat(driven.view().associations()).hasSize(2);
        assertThat(driven.view().strays()).contains(new ReasonCount(NtpReason.TOO_MANY_ASSOCIATIONS, 3));
    }

    @Test
    void with_auth_disabled_nopeer_still_asks_for_a_mac() {
        settings.authRequired = false;
        settings.restricts = List.of(new RestrictRule(IpPrefix.ALL_V4, RestrictFlag.NOPEER.mask()));
        DrivenEngine driven = start();
        server.send(driven, 4, 0);
        assertThat(stray(driven).reason()).isEqualTo(NtpReason.RESTRICT_NOPEER);
    }

    @Test
    void the_shown_floor_is_the_newest_stamp() {
        DrivenEngine driven = start();
        long stamp = NtpTimestamp.ofNanos(driven.trueNanos());
        server.send(driven, 4, 10);
        assertThat(driven.actions).contains(new TimeAction.SaveFloor(new ReplayFloor(SENDER, 10, stamp)));
    }
}
