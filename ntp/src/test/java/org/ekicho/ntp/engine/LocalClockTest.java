package org.ekicho.ntp.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ekicho.ntp.boundary.TimeAction;
import org.ekicho.ntp.packet.LeapIndicator;
import org.ekicho.ntp.packet.ReferenceId;
import org.ekicho.ntp.settings.ClockMode;
import org.ekicho.ntp.settings.LocalClockSettings;
import org.ekicho.ntp.settings.SelectionSettings;
import org.ekicho.ntp.view.AssociationView;
import org.ekicho.ntp.view.SelectionStatus;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;
import org.junit.jupiter.api.Test;

class LocalClockTest {
    private final TestSettings settings = new TestSettings();

    private DrivenEngine start(boolean prefer) {
        settings.localClock = Optional.of(new LocalClockSettings(10, prefer, ReferenceId.LOCAL_CLOCK));
        return new DrivenEngine(settings.done());
    }

    @Test
    void is_believed_after_the_classic_wait() {
        DrivenEngine driven = start(false);
        driven.run(61);
        assertThat(driven.isSynchronised()).isFalse();
        assertThat(driven.engine.serverState().leap()).isEqualTo(LeapIndicator.UNSYNCHRONISED);
        assertThat(driven.view().sentence())
                .isEqualTo("unsynchronised: waiting for 4 more minutes before believing the local clock (127.127.1.0)");
        driven.run(238.9);
        assertThat(driven.isSynchronised()).isFalse();
        driven.run(0.2);
        assertThat(driven.isSynchronised()).isTrue();
        assertThat(driven.engine.serverState().stratum()).isEqualTo(11);
        assertThat(driven.engine.serverState().referenceId()).isEqualTo(0x7f7f0100);
        assertThat(driven.view().sentence()).isEqualTo("serving the local clock (127.127.1.0) as stratum 11");
    }

    @Test
    void is_believed_at_once_with_prefer() {
        DrivenEngine driven = start(true);
        driven.run(0.1);
        assertThat(driven.isSynchronised()).isTrue();
        AssociationView clock = driven.only(AssociationView.Kind.LOCAL_CLOCK);
        assertThat(clock.selection()).isEqualTo(SelectionStatus.SYS_PEER);
        assertThat(clock.stratum()).isEqualTo(10);
        assertThat(driven.view().systemPeer()).isEqualTo(clock.id());
    }

    @Test
    void keeps_its_state_fresh() {
        DrivenEngine driven = start(true);
        driven.run(10_000);
        assertThat(driven.engine.serverState().rootDispersionAt(driven.now().clockNanos()))
                .isLessThan(0.01);
        assertThat(driven.now().clockNanos() - driven.engine.serverState().referenceNanos())
                .isLessThanOrEqualTo(16 * DrivenEngine.SECOND);
    }

    @Test
    void gives_way_to_a_server_and_takes_over_again_when_that_is_lost() {
        settings.sources = List.of(TestSettings.server("192.168.55.1", 0, 4, 4));
        DrivenEngine driven = start(false);
        PretendServer server = new PretendServer();
        server.stratum = 3;
        driven.run(400, server.answers(driven));
        assertThat(driven.engine.serverState().stratum()).isEqualTo(4);
        assertThat(driven.only(AssociationView.Kind.LOCAL_CLOCK).state()).startsWith("stands by");
        driven.run(8 * 17);
        assertThat(driven.engine.serverState().stratum()).isEqualTo(4);
        driven.run(320);
        assertThat(driven.engine.serverState().stratum()).isEqualTo(11);
    }

    @Test
    void never_touches_the_clock_even_when_steering() {
        settings.clock = ClockMode.STEER;
        DrivenEngine driven = start(true);
        driven.run(1000);
        assertThat(driven.actions).noneMatch(TimeAction.Step.class::isInstance);
        assertThat(driven.actions.stream().filter(TimeAction.SetFrequency.class::isInstance))
                .allMatch(action -> ((TimeAction.SetFrequency) action).ppm() == 0);
        assertThat(driven.actions)
                .anyMatch(action -> action instanceof TimeAction.TellKernel tell && tell.synchronised());
    }

    @Test
    void an_orphan_serves_its_own_clock_and_follows_the_orphan_with_the_least_address() {
        settings.selection = new SelectionSettings(3, 10, 1, 0, 16, 0.001, 1.5, 5, Duration.ofSeconds(60));
        settings.sources = List.of(TestSettings.server("192.168.55.1", 0, 4, 4));
        DrivenEngine driven = new DrivenEngine(settings.done());
        driven.run(59);
        assertThat(driven.isSynchronised()).isFalse();
        driven.run(10);
        assertThat(driven.engine.serverState().stratum()).isEqualTo(5);
        assertThat(driven.engine.serverState().referenceId()).isEqualTo(0x7f000001);
        PretendServer lesser = new PretendServer();
        lesser.stratum = 5;
        lesser.referenceId = 0x7f000001;
        driven.run(60, lesser.answers(driven));
        assertThat(driven.engine.serverState().stratum()).isEqualTo(6);
    }

    @Test
    void an_orphan_does_not_follow_one_with_a_greater_address() {
        settings.selection = new SelectionSettings(3, 10, 1, 0, 16, 0.001, 1.5, 5, Duration.ofSeconds(60));
        settings.sources = List.of(TestSettings.server("192.168.55.9", 0, 4, 4));
        DrivenEngine driven = new DrivenEngine(settings.done());
        PretendServer greater = new PretendServer();
        greater.endpoint = new Endpoint(IpAddress.literal("192.168.55.9"), 123);
        greater.stratum = 5;
        greater.referenceId = 0x7f000001;
        driven.run(200, greater.answers(driven));
        assertThat(driven.engine.serverState().stratum()).isEqualTo(5);
    }
}
