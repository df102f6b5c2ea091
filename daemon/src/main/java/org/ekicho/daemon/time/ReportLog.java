package org.ekicho.daemon.time;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.ekicho.ntp.boundary.TimeAction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes changes of state to the log: a burst in full, then one line a second, so that a source that flaps, or
/// somebody who plays with it, cannot fill a disk. Belongs to the engine's thread.
public final class ReportLog implements Consumer<TimeAction.Report> {
    private static final Logger LOG = LoggerFactory.getLogger("time");
    /// A start with many sources tells this much at once.
    private static final int BURST = 50;

    private double room = BURST;
    private long lastNanos = System.nanoTime();
    private long suppressed;

    @Override
    public void accept(TimeAction.Report report) {
        long now = System.nanoTime();
        room = Math.min(BURST, room + (now - lastNanos) / (double) TimeUnit.SECONDS.toNanos(1));
        lastNanos = now;
        if (room < 1) {
            suppressed++;
            return;
        }
        room--;
        if (suppressed > 0) {
            LOG.warn("{} lines left out: more than one a second", suppressed);
            suppressed = 0;
        }
        switch (report.severity()) {
            case INFO -> LOG.info(report.sentence());
            case WARNING -> LOG.warn(report.sentence());
            case ERROR -> LOG.error(report.sentence());
        }
    }
}
