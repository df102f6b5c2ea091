package org.ekicho.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ekicho.daemon.check.PortCheck;
import org.ekicho.daemon.settings.SettingsFile;
import org.ekicho.daemon.settings.SettingsReading;
import org.ekicho.site.diagnostic.Report;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `ekicho check`: every problem of a file at once, by the very code that `serve` runs.
@Command(name = "check", description = "Every problem of the site file, or of an ntp.conf, with its place.")
final class CheckCommand extends Printing implements Callable<Integer> {
    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The file (default: as for serve).")
    private @Nullable Path file;

    @Override
    public Integer call() {
        SettingsFile settings = SiteFileOption.choose(Optional.ofNullable(file));
        SettingsReading reading = settings.read();
        Report report = reading.report()
                .and(new Report(reading.settings()
                        .map(run -> PortCheck.problems(settings.path().toString(), run.time()))
                        .orElse(List.of())));
        if (output.isJson()) {
            screen.json(report);
            return ReportPrinter.code(report);
        }
        return new ReportPrinter(screen).print(report);
    }
}
