package org.ekicho.ntp.control;

import java.util.List;
import java.util.Optional;
import org.ekicho.ntp.packet.NtpMode;
import org.ekicho.ntp.server.ServerState;
import org.ekicho.ntp.view.AssociationView;
import org.ekicho.ntp.view.AssociationView.Kind;
import org.ekicho.ntp.view.SelectionStatus;
import org.ekicho.ntp.view.TimeView;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;

/// The host clock as an association, where there is no other: ntpmon ends with "no peers reported" without any. It
/// counts as configured, because ntpq's `peers` hides what is neither configured nor reachable.
final class HostClockStandIn {
    /// No engine counts its associations from the top.
    private static final int ID = 65_535;
    /// Classic names clocks of the machine 127.127.driver.unit; no driver has number 0.
    private static final Endpoint ADDRESS = new Endpoint(IpAddress.ofV4(0x7f7f0000), 123);

    private HostClockStandIn() {}

    /// The view itself, or one with the host clock as its only association.
    static TimeView in(TimeView view) {
        if (!view.associations().isEmpty()) {
            return view;
        }
        boolean followed = view.state().isSynchronised();
        return new TimeView(
                view.madeNanos(),
                view.startedNanos(),
                view.clock(),
                view.state(),
                followed ? ID : 0,
                view.systemPoll(),
                view.offsetSeconds(),
                view.frequencyPpm(),
                view.systemJitter(),
                view.clockJitter(),
                view.clockWander(),
                view.lastEvent(),
                view.eventCount(),
                view.sentence(),
                List.of(hostClock(view.state(), view.systemPoll())),
                view.strays(),
                view.lastStrays(),
                view.broadcastDelay());
    }

    private static AssociationView hostClock(ServerState state, int poll) {
        boolean followed = state.isSynchronised();
        return new AssociationView(
                ID,
                Kind.HOST_CLOCK,
                ADDRESS,
                "host clock",
                IpAddress.LOOPBACK_V4,
                "",
                true,
                false,
                false,
                followed ? 0xff : 0,
                0,
                followed ? SelectionStatus.SYS_PEER : SelectionStatus.REJECT,
                followed ? "" : "the host clock is not synchronised, and no source is configured",
                NtpMode.CLIENT,
                NtpMode.SERVER,
                false,
                state.leap(),
                state.stratum(),
                state.precision(),
                state.rootDelay(),
                state.rootDispersion(),
                state.referenceId(),
                0,
                0,
                poll,
                poll,
                0,
                0,
                0,
                0,
                0,
                0,
                List.of(),
                0,
                0,
                Optional.empty(),
                List.of(),
                0,
                0,
                0,
                followed ? "the host clock, as its own daemon keeps it" : "not synchronised");
    }
}
