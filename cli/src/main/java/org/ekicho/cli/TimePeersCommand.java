package org.ekicho.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.ekicho.daemon.control.ControlRequest;
import org.ekicho.daemon.control.Question;
import org.ekicho.ntp.view.TimeView;
import org.ekicho.site.view.PeersText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `ekicho time peers`: sources and streams, as `ntpq -p` shows them.
@Command(name = "peers", description = "Sources and streams in ntpq's table.")
final class TimePeersCommand extends Printing implements Callable<Integer> {
    @Mixin
    private ControlOption control = new ControlOption();

    @Mixin
    private OutputOption output = new OutputOption();

    @Override
    public Integer call() throws IOException {
        TimeView view = control.ask(ControlRequest.of(Question.TIME), TimeView.class);
        if (output.isJson()) {
            screen.json(view);
        } else {
            screen.print(PeersText.format(view, view.madeNanos()));
        }
        return Exit.GOOD;
    }
}
