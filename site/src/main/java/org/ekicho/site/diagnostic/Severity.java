package org.ekicho.site.diagnostic;

import java.util.Locale;

/// How much a diagnostic matters, gravest first.
public enum Severity {
    /// The file is not used until this is mended.
    ERROR,
    /// The file is used, but something in it is not done, or not as its author will think.
    WARNING,
    /// Good to know; nothing is wrong.
    HINT;

    /// `error`, `warning`, `hint`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
