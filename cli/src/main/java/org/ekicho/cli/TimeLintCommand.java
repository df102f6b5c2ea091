package org.ekicho.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.ekicho.daemon.settings.FileSurroundings;
import org.ekicho.site.NamedFile;
import org.ekicho.site.diagnostic.Diagnostic;
import org.ekicho.site.diagnostic.Position;
import org.ekicho.site.diagnostic.Report;
import org.ekicho.site.lint.Lint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `ekicho time lint FILE…`: explains the known traps of any ntp.conf or key file.
@Command(name = "lint", description = "Explain the known traps in any ntp.conf or key file, ours or not.")
final class TimeLintCommand extends Printing implements Callable<Integer> {
    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "ntp.conf or key files.")
    private List<Path> files = new ArrayList<>();

    @Override
    public Integer call() {
        Report report = Report.CLEAN;
        for (Path file : files) {
            report = report.and(lint(file));
        }
        if (output.isJson()) {
            screen.json(report);
            return ReportPrinter.code(report);
        }
        return new ReportPrinter(screen).print(report);
    }

    private static Report lint(Path file) {
        return switch (FileSurroundings.read(file)) {
            case NamedFile.Found found ->
                Lint.file(
                        file.toString(),
                        found.text(),
                        found.mode(),
                        new FileSurroundings(file.toAbsolutePath().resolveSibling(".")));
            case NamedFile.Unreadable unreadable ->
                new Report(List.of(Diagnostic.error(Position.ofFile(file.toString()), unreadable.reason())));
        };
    }
}
