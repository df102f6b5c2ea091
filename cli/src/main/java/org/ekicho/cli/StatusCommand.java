package org.ekicho.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.ekicho.daemon.control.ControlRequest;
import org.ekicho.daemon.control.DaemonStatus;
import org.ekicho.daemon.control.Question;
import org.ekicho.daemon.mirror.BackgroundSync;
import org.ekicho.daemon.mirror.MirrorStatus;
import org.ekicho.daemon.supervision.Supervisor;
import org.ekicho.ntp.view.ReasonCount;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `ekicho status`: how the running daemon fares. Exit code 0: its time is good, or it serves none.
@Command(
        name = "status",
        description = "How the running daemon fares.",
        footer = {"", "Exit: 0 its time is good or switched off, 1 its time is not good, 2 it could not be asked."})
final class StatusCommand extends Printing implements Callable<Integer> {
    @Mixin
    private ControlOption control = new ControlOption();

    @Mixin
    private OutputOption output = new OutputOption();

    @Override
    public Integer call() throws IOException {
        DaemonStatus status = control.ask(ControlRequest.of(Question.STATUS), DaemonStatus.class);
        if (output.isJson()) {
            screen.json(status);
        } else {
            print(status);
        }
        return status.time().map(DaemonStatus.TimeStatus::synchronised).orElse(true) ? Exit.GOOD : Exit.NOT_GOOD;
    }

    private void print(DaemonStatus status) {
        screen.line(screen.bold("ekicho " + status.version()) + ", pid " + status.pid() + ", up "
                + up(Duration.ofSeconds(status.upSeconds()))
                + (status.file().isEmpty() ? "" : ", settings from " + status.file()));
        status.time()
                .ifPresentOrElse(this::print, () -> screen.line("time     switched off (enabled = false in [time])"));
        status.mirror().ifPresent(this::print);
        for (Supervisor.JobState job : status.jobs()) {
            if (!job.running() || job.restarts() > 0) {
                screen.line(screen.bad("restarts ") + job.name() + ": " + job.restarts() + ", last because "
                        + job.lastFailure().orElse("unknown"));
            }
        }
    }

    private void print(DaemonStatus.TimeStatus time) {
        screen.line("time     " + (time.synchronised() ? screen.good(time.sentence()) : screen.warn(time.sentence())));
        screen.line("clock    " + time.clock());
        time.sockets().forEach(socket -> screen.line("listens  " + socket));
        time.groups().forEach(group -> screen.line("joined   " + group));
        for (ReasonCount count : time.packets()) {
            screen.line("packets  " + count.count() + " " + count.reason().sentence());
        }
        if (time.lost() + time.unsent() > 0) {
            screen.line("lost     " + time.lost() + " that the engine had no room for, " + time.unsent()
                    + " that could not be sent");
        }
    }

    private void print(MirrorStatus mirror) {
        screen.line("mirror   " + mirror.folder());
        mirror.listening().forEach(address -> screen.line("serves   " + address));
        if (!mirror.listening().isEmpty()) {
            screen.line("requests " + mirror.requests() + ", " + Bytes.format(mirror.bytes()) + " sent, "
                    + mirror.connections() + " connections open");
        }
        for (MirrorStatus.Refused refused : mirror.refused()) {
            screen.line("refused  " + refused.count() + ": " + refused.sentence());
        }
        if (mirror.linesLost() > 0) {
            screen.line(screen.bad("lost     ") + mirror.linesLost() + " lines of the access log");
        }
        for (BackgroundSync.LastSync sync : mirror.syncs()) {
            boolean good = sync.verdict() == BackgroundSync.Verdict.GOOD;
            screen.line("synced   " + sync.repo() + " " + sync.at() + ": "
                    + (good ? sync.sentence() : screen.bad(sync.sentence())));
        }
    }

    private static String up(Duration time) {
        if (time.toDays() > 0) {
            return time.toDays() + " d " + time.toHoursPart() + " h";
        }
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return time.toMinutes() > 0
                ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
                : time.toSeconds() + " s";
    }
}
