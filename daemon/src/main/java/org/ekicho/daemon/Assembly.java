package org.ekicho.daemon;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.ekicho.daemon.boot.BootService;
import org.ekicho.daemon.control.ControlService;
import org.ekicho.daemon.mirror.MirrorService;
import org.ekicho.daemon.mirror.UpstreamSync;
import org.ekicho.daemon.settings.RunSettings;
import org.ekicho.daemon.settings.SettingsFile;
import org.ekicho.daemon.settings.SettingsReading;
import org.ekicho.daemon.supervision.Supervisor;
import org.ekicho.daemon.time.TimeService;
import org.ekicho.ntp.settings.ClockMode;
import org.ekicho.ntp.settings.TimeSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The whole program, built with `new`, in order.
public final class Assembly implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Assembly.class);

    private final Supervisor supervisor;
    private final Optional<TimeService> time;
    private final MirrorService mirror;
    private final BootService boot;
    private final ControlService control;
    private final CountDownLatch ended = new CountDownLatch(1);

    /// What the command line decided.
    ///
    /// @param file     the settings
    /// @param control  path of the control socket
    /// @param state    folder of what is kept across restarts
    /// @param adjust   what it changes in the settings, at each reading of them
    public record Start(SettingsFile file, Path control, Path state, UnaryOperator<TimeSettings> adjust) {
        /// Reads the settings as they are now, adjusted.
        public SettingsReading read() {
            SettingsReading reading = file.read();
            return new SettingsReading(reading.settings().map(s -> s.withTime(adjust)), reading.report());
        }
    }

    /// Starts everything; returns when all sockets are open.
    ///
    /// @param settings what [Start#read] gave
    /// @throws IOException if something cannot be opened: the message says what to do
    public Assembly(Start start, RunSettings settings) throws IOException {
        supervisor = new Supervisor();
        time = time(start, settings, supervisor);
        mirror = new MirrorService(supervisor, new UpstreamSync(InstantSource.system()));
        boot = new BootService(supervisor, InstantSource.system());
        Reloading reloading = new Reloading(start, time, mirror, boot);
        try {
            mirror.apply(settings.site().mirror());
            boot.apply(settings.site());
            control = new ControlService(
                    start.control(),
                    new FrontDesk(start.file().path().toString(), time, mirror, boot, supervisor, reloading::reload));
        } catch (IOException e) {
            boot.close();
            mirror.close();
            time.ifPresent(TimeService::close);
            throw e;
        }
        supervisor.start("control socket", control);
        Signals.onHangup(reloading::reload);
        time.ifPresent(service -> LOG.info(
                "listens on {}; the clock is {}",
                service.traffic().sockets(),
                service.settings().clock() == ClockMode.STEER ? "steered" : "observed, not steered"));
        LOG.info("ready; control socket {}", control.path());
    }

    private static Optional<TimeService> time(Start start, RunSettings settings, Supervisor supervisor)
            throws IOException {
        if (settings.time().isEmpty()) {
            return Optional.empty();
        }
        TimeSettings said = settings.time().get();
        return Optional.of(
                TimeService.start(said, ThisHost.outside(settings, said.clock(), start.state()), supervisor));
    }

    /// Waits until [#close] was called.
    public void await() throws InterruptedException {
        ended.await();
    }

    @Override
    public void close() {
        boot.close();
        mirror.close();
        time.ifPresent(TimeService::close);
        supervisor.close();
        LOG.info("ended");
        ended.countDown();
    }
}
