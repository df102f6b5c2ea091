package org.ekicho.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ekicho.daemon.check.HostSurvey;
import org.ekicho.daemon.settings.SettingsFile;
import org.ekicho.daemon.settings.SettingsReading;
import org.ekicho.site.diagnostic.Report;
import org.ekicho.site.plan.Plan;
import org.ekicho.site.plan.PlanLine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ekicho check`: every problem of a file at once, by the very code that `serve` runs, and what stands in the way of
/// a start on this host.
@Command(name = "check", description = "Every problem of the site file, or of an ntp.conf, with its place.")
final class CheckCommand extends Printing implements Callable<Integer> {
    @Mixin
    private OutputOption output = new OutputOption();

    @Option(names = "--plan", description = "Say what would listen where, what conflicts, what the LAN would notice.")
    private boolean plan;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The file (default: as for serve).")
    private @Nullable Path file;

    /// What was found, for JSON.
    ///
    /// @param plan sentences of a start; empty when the file has an error
    record Checked(Report report, List<PlanLine> plan) {
        Checked {
            plan = List.copyOf(plan);
        }
    }

    @Override
    public Integer call() throws IOException {
        SettingsFile settings = SiteFileOption.choose(Optional.ofNullable(file));
        SettingsReading reading = settings.read();
        Optional<Plan> start = reading.settings().isPresent()
                ? Optional.of(HostSurvey.plan(reading.settings().get()))
                : Optional.empty();
        boolean conflicts = start.filter(Plan::hasConflicts).isPresent();
        if (output.isJson()) {
            screen.json(new Checked(reading.report(), start.map(Plan::lines).orElse(List.of())));
        } else {
            new ReportPrinter(screen).print(reading.report());
            start.ifPresent(this::print);
        }
        return conflicts ? Exit.NOT_GOOD : ReportPrinter.code(reading.report());
    }

    private void print(Plan start) {
        if (plan) {
            screen.print(start.print());
            return;
        }
        start.lines().stream()
                .filter(line -> line.verb() == PlanLine.Verb.CONFLICT)
                .forEach(line -> screen.line(screen.bad("conflict: ") + line.text()));
    }
}
