package org.ekicho.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.ekicho.daemon.control.ControlRequest;
import org.ekicho.daemon.control.Question;
import org.ekicho.daemon.control.ReloadResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `ekicho reload`: the running daemon reads its settings again.
@Command(name = "reload", description = "Let the running daemon read its settings again; on an error it keeps the old.")
final class ReloadCommand extends Printing implements Callable<Integer> {
    @Mixin
    private ControlOption control = new ControlOption();

    @Mixin
    private OutputOption output = new OutputOption();

    @Override
    public Integer call() throws IOException {
        ReloadResult result = control.ask(ControlRequest.of(Question.RELOAD), ReloadResult.class);
        if (output.isJson()) {
            screen.json(result);
        } else {
            result.lines().forEach(screen::line);
            screen.line(
                    result.applied()
                            ? screen.good("reloaded") + ": the new settings are in force"
                            : screen.bad("not reloaded") + ": the old settings stay in force");
        }
        return result.applied() ? Exit.GOOD : Exit.NOT_GOOD;
    }
}
