package org.ekicho.ntp.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.boundary.ReplayFloor;
import org.ekicho.ntp.boundary.SavedState;
import org.ekicho.ntp.packet.NtpTimestamp;
import org.ekicho.ntp.settings.ClockMode;
import org.ekicho.ntp.view.ReasonCount;
import org.ekicho.wire.Datagram;
import org.junit.jupiter.api.Test;

/// What a receiver believes of stamps that are not newer than those that it has seen.
final class ReceiverFloorTest extends HearingReceiver {
    @Test
    void a_sender_whose_clock_went_back_is_believed_again_after_it_answered_a_nonce() {
        settings.clock = ClockMode.STEER;
        DrivenEngine driven = start();
        server.sendMany(driven, 9, 4, 10);
        assertThat(driven.isSynchronised()).isTrue();
        server.clockErrorSeconds = -400;
        server.sendMany(driven, 40, 4, 10);
        assertThat(association(driven).reach() & 3).isEqualTo(3);
        assertThat(association(driven).offsetSeconds()).isBetween(-401.0, 0.1);
        assertThat(driven.reports()).anyMatch(text -> text.contains("clock of 192.168.55.1 went back"));
    }

    /// A receiver that starts with a floor of "half an hour from now".
    private DrivenEngine startWithHighFloor() {
        long ahead = NtpTimestamp.ofNanos(DrivenEngine.START + 1800 * DrivenEngine.SECOND);
        SavedState saved = new SavedState(SavedState.NONE.driftPpm(), List.of(new ReplayFloor(SENDER, 10, ahead)));
        return new DrivenEngine(settings.done(), saved, DrivenEngine.START, 0, 3);
    }

    @Test
    void a_sender_whose_clock_went_back_while_we_were_down_is_asked_and_then_believed() {
        DrivenEngine driven = startWithHighFloor();
        server.send(driven, 4, 10);
        assertThat(association(driven).state()).startsWith("suspect: not newer than the newest packet seen");
        assertThat(driven.isSynchronised()).isFalse();
        driven.run(17, server.answers(driven));
        server.sendMany(driven, 4, 4, 10);
        assertThat(association(driven).state()).startsWith("following");
        assertThat(driven.isSynchronised()).isTrue();
    }

    @Test
    void an_old_packet_after_a_restart_is_found_out_by_asking_its_sender() {
        DrivenEngine driven = startWithHighFloor();
        Datagram old = server.multicast(driven.trueNanos(), 4, 10);
        server.clockErrorSeconds = 2000;
        driven.receive(old);
        driven.run(20, server.answers(driven));
        assertThat(isFollowing(driven)).isFalse();
        assertThat(driven.isSynchronised()).isFalse();
        assertThat(stray(driven).reason()).isEqualTo(NtpReason.REPLAY);
    }

    @Test
    void old_packets_whose_sender_does_not_answer_form_nothing_that_lasts() {
        DrivenEngine driven = startWithHighFloor();
        Datagram old = server.multicast(driven.trueNanos(), 4, 10);
        driven.receive(old.copy());
        driven.run(40);
        driven.receive(old.copy());
        driven.run(40);
        assertThat(isFollowing(driven)).isFalse();
        assertThat(driven.sent).hasSize(6);
        assertThat(stray(driven).count()).isEqualTo(2);
    }

    @Test
    void without_a_volley_a_clock_that_was_set_is_believed_after_some_packets() {
        settings.receiver = TestSettings.novolley(Duration.ofMillis(4));
        DrivenEngine driven = start();
        server.sendMany(driven, 9, 4, 10);
        server.clockErrorSeconds = -10;
        server.sendMany(driven, 9, 4, 10);
        assertThat(association(driven).offsetSeconds()).isBetween(-10.01, -9.99);
        assertThat(association(driven).refusals()).contains(new ReasonCount(NtpReason.TOO_OLD, 3));
    }
}
