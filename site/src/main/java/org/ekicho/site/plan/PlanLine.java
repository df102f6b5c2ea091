package org.ekicho.site.plan;

import java.util.Locale;

/// One sentence of a plan.
public record PlanLine(Verb verb, String text) {
    /// What kind of thing would happen, in the order of printing.
    public enum Verb {
        LISTEN,
        SERVE,
        ASK,
        FETCH,
        STORE,
        SEND,
        JOIN,
        CLOCK,
        NOTICE,
        CONFLICT
    }

    /// `  send      224.0.1.1 …`
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "  %-9s %s", verb.name().toLowerCase(Locale.ROOT), text);
    }
}
