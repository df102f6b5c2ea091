package org.ekicho.site.diagnostic;

import java.util.LinkedHashSet;
import java.util.Set;

/// Collects the problems of one reading, so that all are told at once. Belongs to one thread.
public final class Diagnostics {
    /// A hostile or binary file could have a problem per byte; nobody reads more than this many of one severity. Each
    /// severity has its own limit, so that no number of hints hides an error.
    public static final int LIMIT = 1000;

    private final Set<Diagnostic> all = new LinkedHashSet<>();
    private final int[] counts = new int[Severity.values().length];

    /// Adds one; a second one that is equal, or one beyond the limit, is not kept.
    public void add(Diagnostic diagnostic) {
        int severity = diagnostic.severity().ordinal();
        if (counts[severity] < LIMIT && all.add(diagnostic)) {
            counts[severity]++;
        }
    }

    public void addAll(Report report) {
        report.diagnostics().forEach(this::add);
    }

    /// What was collected so far, sorted by place.
    public Report report() {
        return new Report(all.stream().sorted().toList());
    }
}
