package org.ekicho.lab.lan;

import java.util.List;

/// What a command printed and how it ended.
///
/// @param command as it was asked for, without the way into the machine
/// @param exit    its exit code; 124 when it had to be ended because it took too long
/// @param out     standard output and standard error as they came
public record Outcome(List<String> command, int exit, String out) {
    /// The output's lines, without trailing blanks.
    public List<String> lines() {
        return out.lines().map(String::stripTrailing).toList();
    }

    /// Command, output and exit code, as a person would paste them.
    public String transcript() {
        return "$ " + String.join(" ", command) + "\n" + out + (out.isEmpty() || out.endsWith("\n") ? "" : "\n")
                + (exit == 0 ? "" : "(exit " + exit + ")\n");
    }
}
