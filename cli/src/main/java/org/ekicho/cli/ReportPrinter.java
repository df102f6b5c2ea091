package org.ekicho.cli;

import org.ekicho.site.diagnostic.Diagnostic;
import org.ekicho.site.diagnostic.Report;

/// Prints what was found in files.
///
/// @param screen to print to
record ReportPrinter(Screen screen) {
    /// One line per problem, then the summary.
    ///
    /// @return the exit code: 1 when there is an error
    int print(Report report) {
        for (Diagnostic diagnostic : report.diagnostics()) {
            String word = diagnostic.severity().word() + ":";
            String painted = switch (diagnostic.severity()) {
                case ERROR -> screen.bad(word);
                case WARNING -> screen.warn(word);
                case HINT -> screen.dim(word);
            };
            screen.line(diagnostic.toString().replaceFirst(word, painted));
        }
        screen.line(report.summary());
        return code(report);
    }

    static int code(Report report) {
        return report.hasErrors() ? Exit.NOT_GOOD : Exit.GOOD;
    }
}
