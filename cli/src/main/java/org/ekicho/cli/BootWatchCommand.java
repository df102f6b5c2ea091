package org.ekicho.cli;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ekicho.daemon.control.ControlRequest;
import org.ekicho.daemon.control.Question;
import org.ekicho.netboot.trace.TraceText;
import org.ekicho.netboot.trace.TraceView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `ekicho boot watch`: boots as they happen.
@Command(name = "watch", description = "Show what machines that boot do, as it happens; Ctrl-C ends it.")
final class BootWatchCommand extends Printing implements Callable<Integer> {
    private static final long LOOK_EVERY_MILLIS = 1_000;

    @Mixin
    private ControlOption control = new ControlOption();

    @Option(names = "--once", description = "Show how it stands now, and end.")
    private boolean once;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, Integer> shown = new HashMap<>();
        while (true) {
            for (TraceView view : control.ask(new ControlRequest(Question.BOOT_TRACE, 0), TraceView[].class)) {
                String key = view.mac() + " " + view.attempt();
                int steps = view.steps().size();
                if (!Integer.valueOf(steps).equals(shown.put(key, steps))) {
                    screen.line(TraceText.line(view).stripTrailing());
                }
            }
            if (once) {
                if (shown.isEmpty()) screen.line("no machine has booted since the daemon started");
                return Exit.GOOD;
            }
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
    }
}
