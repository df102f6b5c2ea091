package org.ekicho.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.ekicho.daemon.control.ControlRequest;
import org.ekicho.daemon.control.Question;
import org.ekicho.ntp.view.TimeView;
import org.ekicho.site.view.AssocText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `ekicho time assoc`: the table of `ntpq -c associations`, with the reasons in words, and whoever is refused.
@Command(
        name = "assoc",
        description = "Sources and streams with the reason for their state, and who is refused and why.")
final class TimeAssocCommand extends Printing implements Callable<Integer> {
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
            screen.print(AssocText.format(view, view.madeNanos()));
        }
        return Exit.GOOD;
    }
}
