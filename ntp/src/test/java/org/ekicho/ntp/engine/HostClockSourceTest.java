package org.ekicho.ntp.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.ekicho.ntp.boundary.HostClock;
import org.ekicho.ntp.boundary.TimeAction;
import org.ekicho.ntp.view.AssociationView;
import org.ekicho.ntp.view.SelectionStatus;
import org.junit.jupiter.api.Test;

class HostClockSourceTest {
    private static final HostClock CHRONYD =
            new HostClock(true, 0.004, 0.0002, 0, -12.5, Optional.of("chronyd"), 3, 0x0a000001, 0.002, 0.001);

    private final TestSettings settings = new TestSettings();

    private DrivenEngine start() {
        settings.hostClock = true;
        return new DrivenEngine(settings.done());
    }

    @Test
    void is_served_as_its_own_daemon_describes_it() {
        DrivenEngine driven = start();
        driven.hostClock(CHRONYD);
        assertThat(driven.engine.serverState().stratum()).isEqualTo(3);
        assertThat(driven.engine.serverState().referenceId()).isEqualTo(0x0a000001);
        assertThat(driven.engine.serverState().rootDelay()).isEqualTo(0.002);
        assertThat(driven.engine.serverState().rootDispersion()).isBetween(0.003, 0.006);
        assertThat(driven.view().sentence()).startsWith("serving the host clock, kept by chronyd (stratum 3), within ");
        assertThat(driven.view().frequencyPpm()).isEqualTo(-12.5);
        AssociationView view = driven.only(AssociationView.Kind.HOST_CLOCK);
        assertThat(view.selection()).isEqualTo(SelectionStatus.SYS_PEER);
        assertThat(view.state()).startsWith("the kernel says synchronised, within 4.0 ms, kept by chronyd");
    }

    @Test
    void is_nothing_while_the_kernel_says_unsynchronised() {
        DrivenEngine driven = start();
        driven.hostClock(HostClock.UNKNOWN);
        driven.run(100);
        assertThat(driven.isSynchronised()).isFalse();
        assertThat(driven.view().sentence())
                .isEqualTo("unsynchronised: the kernel says that the host clock is not synchronised");
    }

    @Test
    void is_served_at_a_modest_stratum_when_nobody_says_where_it_comes_from() {
        DrivenEngine driven = start();
        driven.hostClock(new HostClock(true, 0.01, 0.001, 0, 0, Optional.empty(), 16, 0, 0, 0));
        assertThat(driven.engine.serverState().stratum()).isEqualTo(10);
        assertThat(driven.engine.serverState().referenceId()).isEqualTo(0x7f000001);
    }

    @Test
    void is_not_believed_when_its_error_bound_is_too_wide() {
        DrivenEngine driven = start();
        driven.hostClock(new HostClock(true, 9, 0.001, 0, 0, Optional.of("chronyd"), 3, 1, 0, 0));
        assertThat(driven.isSynchronised()).isFalse();
        assertThat(driven.only(AssociationView.Kind.HOST_CLOCK).selectionReason())
                .contains("maxdist");
    }

    @Test
    void old_news_of_it_are_no_news() {
        DrivenEngine driven = start();
        driven.hostClock(CHRONYD);
        driven.run(119);
        assertThat(driven.view().systemPeer()).isNotZero();
        driven.run(20);
        assertThat(driven.view().systemPeer()).isZero();
    }

    @Test
    void one_server_that_disagrees_proves_nothing_against_it() {
        settings.sources = List.of(TestSettings.server("192.168.55.1", 0, 4, 4));
        DrivenEngine driven = start();
        driven.hostClock(CHRONYD);
        driven.run(100, sent -> {
            PretendServer asked = new PretendServer();
            asked.clockErrorSeconds = 0.5;
            driven.receive(asked.reply(sent.datagram(), sent.atNanos()));
            driven.hostClock(CHRONYD);
        });
        assertThat(driven.only(AssociationView.Kind.HOST_CLOCK).selection()).isEqualTo(SelectionStatus.SYS_PEER);
        assertThat(driven.only(AssociationView.Kind.UNICAST).offsetSeconds()).isBetween(0.49, 0.51);
        assertThat(driven.engine.serverState().stratum()).isEqualTo(3);
    }

    @Test
    void two_servers_that_agree_show_that_it_is_wrong() {
        settings.sources =
                List.of(TestSettings.server("192.168.55.1", 0, 4, 4), TestSettings.server("192.168.55.3", 0, 4, 4));
        DrivenEngine driven = start();
        driven.hostClock(CHRONYD);
        driven.run(100, sent -> {
            PretendServer asked = new PretendServer();
            asked.endpoint = sent.to();
            asked.clockErrorSeconds = 0.5;
            driven.receive(asked.reply(sent.datagram(), sent.atNanos()));
            driven.hostClock(CHRONYD);
        });
        assertThat(driven.only(AssociationView.Kind.HOST_CLOCK).selection()).isEqualTo(SelectionStatus.FALSETICK);
        assertThat(driven.engine.serverState().stratum()).isEqualTo(12);
        assertThat(driven.engine.serverState().rootDispersion()).isGreaterThan(0.5);
        assertThat(driven.actions).noneMatch(TimeAction.Step.class::isInstance);
    }
}
