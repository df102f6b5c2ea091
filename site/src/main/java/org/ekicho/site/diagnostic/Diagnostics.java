package org.ekicho.site.diagnostic;

import java.util.LinkedHashSet;
import java.util.Set;

/// Collects the problems of one reading, so that all are told at once. Belongs to one thread.
public final class Diagnostics {
    /// A hostile or binary file could have a problem per byte; nobody reads more than this many.
    public static final int LIMIT = 1000;

    private final Set<Diagnostic> all = new LinkedHashSet<>();

    /// Adds one; a second one that is equal, or one beyond the limit, is not kept.
    public void add(Diagnostic diagnostic) {
        if (all.size() < LIMIT) {
            all.add(diagnostic);
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
