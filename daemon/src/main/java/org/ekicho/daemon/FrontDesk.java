package org.ekicho.daemon;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.ekicho.daemon.boot.BootService;
import org.ekicho.daemon.control.ClientList;
import org.ekicho.daemon.control.ControlRequest;
import org.ekicho.daemon.control.ControlService;
import org.ekicho.daemon.control.DaemonStatus;
import org.ekicho.daemon.control.ReloadResult;
import org.ekicho.daemon.mirror.MirrorService;
import org.ekicho.daemon.supervision.Supervisor;
import org.ekicho.daemon.supervision.Version;
import org.ekicho.daemon.time.DoorSpec;
import org.ekicho.daemon.time.TimeService;
import org.ekicho.ntp.view.TimeView;
import org.ekicho.wire.MacAddress;

/// Answers what the control socket is asked.
public final class FrontDesk implements ControlService.Desk {
    /// Clients told when the asker names no limit.
    private static final int CLIENTS = 1_000;

    private final String file;
    private final Optional<TimeService> time;
    private final MirrorService mirror;
    private final BootService boot;
    private final Supervisor supervisor;
    private final Supplier<ReloadResult> reload;
    private final long startedNanos = System.nanoTime();

    /// @param file where the settings came from
    /// @param time empty: it is switched off
    public FrontDesk(
            String file,
            Optional<TimeService> time,
            MirrorService mirror,
            BootService boot,
            Supervisor supervisor,
            Supplier<ReloadResult> reload) {
        this.file = file;
        this.time = time;
        this.mirror = mirror;
        this.boot = boot;
        this.supervisor = supervisor;
        this.reload = reload;
    }

    @Override
    public Object answer(ControlRequest request) throws IOException {
        return switch (request.ask()) {
            case STATUS -> status();
            case TIME -> served().view();
            case CLIENTS ->
                new ClientList(
                        served().view().madeNanos(),
                        served().clients(request.limit() == 0 ? CLIENTS : request.limit()));
            case BOOT_TRACE -> boot.trace(MacAddress.parse(request.about()));
            case RELOAD -> reload.get();
            case VERSION -> Version.NUMBER;
        };
    }

    /// @throws IOException when it is switched off
    private TimeService served() throws IOException {
        return time.orElseThrow(() -> new IOException("this daemon serves no time: " + file
                + " has enabled = false in [time]; it takes a restart to change"));
    }

    private DaemonStatus status() throws IOException {
        return new DaemonStatus(
                Version.NUMBER,
                ProcessHandle.current().pid(),
                file,
                (System.nanoTime() - startedNanos) / 1_000_000_000L,
                time.isPresent() ? Optional.of(status(time.get())) : Optional.empty(),
                supervisor.states(),
                mirror.status());
    }

    private static DaemonStatus.TimeStatus status(TimeService time) throws IOException {
        TimeView view = time.view();
        TimeService.Traffic traffic = time.traffic();
        return new DaemonStatus.TimeStatus(
                view.sentence(),
                switch (view.clock()) {
                    case OBSERVE ->
                        "observed, not steered"
                                + time.keeper().map(k -> "; kept by " + k).orElse("");
                    case STEER -> "steered";
                },
                view.state().isSynchronised(),
                traffic.sockets().stream().map(DoorSpec::toString).toList(),
                groups(traffic),
                traffic.packets(),
                traffic.lost(),
                traffic.unsent());
    }

    private static List<String> groups(TimeService.Traffic traffic) {
        return traffic.groups().stream()
                .map(join -> join.group() + " on " + join.interfaceName())
                .toList();
    }
}
