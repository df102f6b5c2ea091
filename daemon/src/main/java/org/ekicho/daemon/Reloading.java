package org.ekicho.daemon;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ekicho.daemon.boot.BootService;
import org.ekicho.daemon.control.ReloadResult;
import org.ekicho.daemon.mirror.MirrorService;
import org.ekicho.daemon.settings.SettingsReading;
import org.ekicho.daemon.time.TimeService;
import org.ekicho.mirror.settings.MirrorSettings;
import org.ekicho.ntp.settings.ClockMode;
import org.ekicho.ntp.settings.TimeSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the settings again and follows them, if they are good; if not, the old ones stay in force.
final class Reloading {
    private static final Logger LOG = LoggerFactory.getLogger(Reloading.class);

    private final Assembly.Start start;
    private final Optional<TimeService> time;
    private final MirrorService mirror;
    private final BootService boot;

    Reloading(Assembly.Start start, Optional<TimeService> time, MirrorService mirror, BootService boot) {
        this.boot = boot;
        this.start = start;
        this.time = time;
        this.mirror = mirror;
    }

    /// Tells in the log, too, what became of it: a signal has no other answer.
    synchronized ReloadResult reload() {
        SettingsReading reading = start.read();
        List<String> lines = new ArrayList<>(reading.report().print().lines().toList());
        boolean applied = false;
        if (reading.settings().isPresent()) {
            Optional<TimeSettings> next = reading.settings().get().time();
            try {
                refuse(next);
                Optional<MirrorSettings> before = mirror.settings();
                mirror.apply(reading.settings().get().site().mirror());
                applyTime(next, before);
                boot.apply(reading.settings().get().site());
                applied = true;
            } catch (IOException e) {
                lines.add(String.valueOf(e.getMessage()));
            }
        }
        lines.forEach(applied ? LOG::info : LOG::error);
        LOG.info(applied ? "reloaded: the new settings are in force" : "not reloaded: the old settings stay in force");
        return new ReloadResult(applied, lines);
    }

    /// When the time service cannot follow, the mirror goes back: the settings are in force as a whole, or not.
    private void applyTime(Optional<TimeSettings> next, Optional<MirrorSettings> mirrorBefore) throws IOException {
        if (time.isEmpty()) {
            return;
        }
        try {
            time.get().apply(next.orElseThrow());
        } catch (IOException e) {
            mirror.apply(mirrorBefore);
            throw e;
        }
    }

    /// What begins or ends with a restart only. Whose clock it is was looked at when we started.
    private void refuse(Optional<TimeSettings> next) throws IOException {
        if (next.isPresent() != time.isPresent()) {
            throw new IOException("the new settings switch the time service " + (next.isPresent() ? "on" : "off")
                    + ", which takes a restart");
        }
        if (time.isPresent()
                && next.orElseThrow().clock() == ClockMode.STEER
                && time.get().settings().clock() == ClockMode.OBSERVE) {
            throw new IOException("the new settings steer the clock, which begins with a restart only");
        }
    }
}
