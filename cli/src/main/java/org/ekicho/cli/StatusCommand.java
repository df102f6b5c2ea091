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

/// `ekicho status`: how the running daemon fares. Exit code 0: its time is good.
@Command(name = "status", description = "How the running daemon fares.")
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
        return status.synchronised() ? Exit.GOOD : Exit.NOT_GOOD;
    }

    private void print(DaemonStatus status) {
        screen.line(screen.bold("ekicho " + status.version()) + ", pid " + status.pid() + ", up "
                + up(Duration.ofSeconds(status.upSeconds()))
                + (status.file().isEmpty() ? "" : ", settings from " + status.file()));
        screen.line("time     "
                + (status.synchronised() ? screen.good(status.sentence()) : screen.warn(status.sentence())));
        screen.line("clock    " + status.clock());
        status.sockets().forEach(socket -> screen.line("listens  " + socket));
        status.groups().forEach(group -> screen.line("joined   " + group));
        for (ReasonCount count : status.packets()) {
            screen.line("packets  " + count.count() + " " + count.reason().sentence());
        }
        if (status.lost() + status.unsent() > 0) {
            screen.line("lost     " + status.lost() + " that the engine had no room for, " + status.unsent()
                    + " that could not be sent");
        }
        status.mirror().ifPresent(this::print);
        for (Supervisor.JobState job : status.jobs()) {
            if (!job.running() || job.restarts() > 0) {
                screen.line(screen.bad("restarts ") + job.name() + ": " + job.restarts() + ", last because "
                        + job.lastFailure().orElse("unknown"));
            }
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
