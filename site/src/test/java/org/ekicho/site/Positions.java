package org.ekicho.site;

import org.ekicho.site.diagnostic.Diagnostic;
import org.ekicho.site.diagnostic.Report;

/// What holds of every report, whatever was read.
public final class Positions {
    private Positions() {}

    /// Each problem names a file, a line that exists, a sentence without line break.
    public static void check(Report report, String source, String text) {
        long lines = text.chars().filter(c -> c == '\n').count() + 1;
        for (Diagnostic diagnostic : report.diagnostics()) {
            boolean placed = !diagnostic.at().source().isEmpty()
                    && (!diagnostic.at().source().equals(source)
                            || diagnostic.at().line() <= lines);
            if (!placed
                    || diagnostic.message().isBlank()
                    || diagnostic.message().indexOf('\n') >= 0) {
                throw new AssertionError("bad diagnostic: " + diagnostic);
            }
        }
    }
}
