package org.ekicho.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.ekicho.daemon.control.ControlRequest;
import org.ekicho.daemon.control.Question;
import org.ekicho.ntp.view.TimeView;
import org.ekicho.site.view.StatText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `ekicho time stat`: the lines and exit codes of `ntpstat`.
@Command(
        name = "stat",
        description = "Is the time good? Three lines and the exit code of ntpstat: 0 yes, 1 no, 2 cannot tell.")
final class TimeStatCommand extends Printing implements Callable<Integer> {
    @Mixin
    private ControlOption control = new ControlOption();

    @Mixin
    private OutputOption output = new OutputOption();

    @Override
    public Integer call() throws IOException {
        TimeView view = control.ask(ControlRequest.of(Question.TIME), TimeView.class);
        StatText stat = StatText.of(view, view.madeNanos());
        if (output.isJson()) {
            screen.json(stat);
        } else {
            screen.print(stat.text());
        }
        return stat.exitCode();
    }
}
