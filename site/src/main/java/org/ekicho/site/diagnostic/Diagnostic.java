package org.ekicho.site.diagnostic;

import java.util.Comparator;
import java.util.Optional;

/// One problem of a file, complete enough to be mended without a manual.
///
/// @param at         where
/// @param severity   how much it matters
/// @param message    what is wrong, a sentence without full stop
/// @param expected   what would be right
/// @param example    how that is written
/// @param suggestion the word that was probably meant
public record Diagnostic(
        Position at,
        Severity severity,
        String message,
        Optional<String> expected,
        Optional<String> example,
        Optional<String> suggestion)
        implements Comparable<Diagnostic> {
    private static final Comparator<Diagnostic> ORDER = Comparator.comparing(Diagnostic::at)
            .thenComparing(Diagnostic::severity)
            .thenComparing(Diagnostic::message);

    public static Diagnostic error(Position at, String message) {
        return new Diagnostic(at, Severity.ERROR, message, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static Diagnostic warning(Position at, String message) {
        return new Diagnostic(at, Severity.WARNING, message, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static Diagnostic hint(Position at, String message) {
        return new Diagnostic(at, Severity.HINT, message, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// The same, saying what would be right.
    public Diagnostic expected(String what) {
        return new Diagnostic(at, severity, message, Optional.of(what), example, suggestion);
    }

    /// The same, showing how it is written.
    public Diagnostic example(String text) {
        return new Diagnostic(at, severity, message, expected, Optional.of(text), suggestion);
    }

    /// The same with the word that was probably meant, if there is one.
    public Diagnostic suggestion(Optional<String> word) {
        return new Diagnostic(at, severity, message, expected, example, word);
    }

    /// By place, then gravest first.
    @Override
    public int compareTo(Diagnostic other) {
        return ORDER.compare(this, other);
    }

    /// `ekicho.toml:41:9: error: unknown key "prot"; expected …; e.g. port = 123; did you mean "port"?`
    @Override
    public String toString() {
        return at + ": " + severity.word() + ": " + message
                + expected.map(e -> "; expected " + e).orElse("")
                + example.map(e -> "; e.g. " + e).orElse("")
                + suggestion.map(s -> "; did you mean \"" + s + "\"?").orElse("");
    }
}
