package org.ekicho.cli;

import java.io.PrintWriter;
import java.util.Map;
import org.ekicho.daemon.json.Json;

/// What the command prints to: standard output and error, with or without colours.
///
/// @param out     for results
/// @param err     for problems
/// @param colours whether `out` shows colours
public record Screen(PrintWriter out, PrintWriter err, Colours colours) {
    /// Whether colours are shown.
    public enum Colours {
        ON,
        OFF;

        /// Off when NO_COLOR is set (no-color.org), on a dumb terminal, or when output goes to a file or pipe.
        static Colours of(Map<String, String> environment, boolean terminal) {
            String never = environment.getOrDefault("NO_COLOR", "");
            return terminal && never.isEmpty() && !"dumb".equals(environment.get("TERM")) ? ON : OFF;
        }
    }

    public String bold(String text) {
        return paint("1", text);
    }

    public String dim(String text) {
        return paint("2", text);
    }

    public String good(String text) {
        return paint("32", text);
    }

    public String bad(String text) {
        return paint("31", text);
    }

    public String warn(String text) {
        return paint("33", text);
    }

    private String paint(String code, String text) {
        return switch (colours) {
            case ON -> "\u001b[" + code + "m" + text + "\u001b[0m";
            case OFF -> text;
        };
    }

    /// Prints lines that end with a newline each.
    public void print(String text) {
        out.print(text);
        out.flush();
    }

    public void line(String text) {
        print(text + "\n");
    }

    /// One sentence about what went wrong.
    public void problem(String sentence) {
        err.print("ekicho: " + sentence + "\n");
        err.flush();
    }

    /// One line about what goes on, beside the output.
    public void notice(String words) {
        err.print(words + "\n");
        err.flush();
    }

    /// Prints a record as JSON.
    public void json(Object value) {
        line(Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value));
    }
}
