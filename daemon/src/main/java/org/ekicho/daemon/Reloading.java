package org.ekicho.daemon;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.ekicho.daemon.control.ReloadResult;
import org.ekicho.daemon.mirror.MirrorService;
import org.ekicho.daemon.settings.SettingsReading;
import org.ekicho.daemon.time.TimeService;
import org.ekicho.ntp.settings.ClockMode;
import org.ekicho.ntp.settings.TimeSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the settings again and follows them, if they are good; if not, the old ones stay in force.
final class Reloading {
    private static final Logger LOG = LoggerFactory.getLogger(Reloading.class);

    private final Assembly.Start start;
    private final TimeService time;
    private final MirrorService mirror;

    Reloading(Assembly.Start start, TimeService time, MirrorService mirror) {
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
            TimeSettings next = reading.settings().get().time();
            try {
                refuseToSteer(next);
                mirror.apply(reading.settings().get().site().mirror());
                time.apply(next);
                applied = true;
            } catch (IOException e) {
                lines.add(String.valueOf(e.getMessage()));
            }
        }
        lines.forEach(applied ? LOG::info : LOG::error);
        LOG.info(applied ? "reloaded: the new settings are in force" : "not reloaded: the old settings stay in force");
        return new ReloadResult(applied, lines);
    }

    /// Whose clock it is was looked at when we started.
    private void refuseToSteer(TimeSettings next) throws IOException {
        if (next.clock() == ClockMode.STEER && time.settings().clock() == ClockMode.OBSERVE) {
            throw new IOException("the new settings steer the clock, which begins with a restart only");
        }
    }
}
