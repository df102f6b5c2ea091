package org.ekicho.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.ekicho.daemon.Assembly;
import org.ekicho.daemon.StateFolder;
import org.ekicho.daemon.settings.RunSettings;
import org.ekicho.daemon.settings.SettingsFile;
import org.ekicho.daemon.settings.SettingsReading;
import org.ekicho.ntp.settings.ClockMode;
import org.ekicho.ntp.settings.TimeSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What both ways of serving share.
final class ServeOptions {
    @Mixin
    private ControlOption control = new ControlOption();

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Folder of what is kept across restarts (default: /var/lib/ekicho, or one of your own).")
    private @Nullable Path state;

    @Option(names = "--observe", description = "Never steer the clock, whatever the file says.")
    private boolean observe;

    @Option(names = "--port", paramLabel = "PORT", description = "Serve this UDP port instead of the file's.")
    private @Nullable Integer port;

    /// Reads, starts, and waits until the process is told to end.
    ///
    /// @return the exit code
    int serve(SettingsFile file, Screen screen) throws InterruptedException {
        SettingsReading reading = new Assembly.Start(file, Path.of(""), Path.of(""), this::adjust).read();
        if (!reading.report().isClean()) {
            screen.err().print(reading.report().print());
            screen.err().flush();
        }
        if (reading.settings().isEmpty()) {
            return Exit.NOT_GOOD;
        }
        RunSettings settings = reading.settings().get();
        Path kept = Optional.ofNullable(state).or(settings::state).orElseGet(() -> StateFolder.choose(System.getenv()));
        Assembly.Start start = new Assembly.Start(file, control.toListen(settings.control()), kept, this::adjust);
        try {
            Assembly assembly = new Assembly(start, settings);
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("end").unstarted(assembly::close));
            assembly.await();
            return Exit.GOOD;
        } catch (IOException e) {
            screen.problem(String.valueOf(e.getMessage()));
            return Exit.NOT_GOOD;
        }
    }

    private TimeSettings adjust(TimeSettings settings) {
        TimeSettings adjusted = observe ? settings.withClock(ClockMode.OBSERVE) : settings;
        return port == null ? adjusted : adjusted.withPort(port);
    }
}
