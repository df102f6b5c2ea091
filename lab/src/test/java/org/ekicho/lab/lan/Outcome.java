package org.ekicho.lab.lan;

import java.util.List;
import java.util.stream.Collectors;

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
        return "$ " + shortly(command) + "\n" + out + (out.isEmpty() || out.endsWith("\n") ? "" : "\n")
                + (exit == 0 ? "" : "(exit " + exit + ")\n");
    }

    /// A command line with the folders of its files left out.
    static String shortly(List<String> command) {
        return command.stream()
                .map(word -> word.startsWith("/") ? word.substring(word.lastIndexOf('/') + 1) : word)
                .map(word -> word.contains(" ") ? "'" + word + "'" : word)
                .collect(Collectors.joining(" "));
    }
}
