package org.ekicho.site.diagnostic;

import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Stream;

/// All problems that a reading found, sorted by place.
public record Report(List<Diagnostic> diagnostics) {
    /// Nothing to say.
    public static final Report CLEAN = new Report(List.of());

    public Report {
        diagnostics = diagnostics.stream().sorted().toList();
    }

    public boolean hasErrors() {
        return count(Severity.ERROR) > 0;
    }

    public boolean isClean() {
        return diagnostics.isEmpty();
    }

    public long count(Severity severity) {
        return diagnostics.stream().filter(d -> d.severity() == severity).count();
    }

    /// This report and another as one.
    public Report and(Report other) {
        return new Report(Stream.concat(diagnostics.stream(), other.diagnostics.stream())
                .distinct()
                .toList());
    }

    /// `5 errors, 1 warning`; `no problems found` when there are none.
    public String summary() {
        if (isClean()) {
            return "no problems found";
        }
        StringJoiner counts = new StringJoiner(", ");
        for (Severity severity : Severity.values()) {
            long count = count(severity);
            if (count > 0) {
                counts.add(count + " " + severity.word() + (count == 1 ? "" : "s"));
            }
        }
        return counts.toString();
    }

    /// One line per problem, then the summary; each line ends with a newline.
    public String print() {
        StringBuilder text = new StringBuilder();
        for (Diagnostic diagnostic : diagnostics) {
            text.append(diagnostic).append('\n');
        }
        return text.append(summary()).append('\n').toString();
    }
}
