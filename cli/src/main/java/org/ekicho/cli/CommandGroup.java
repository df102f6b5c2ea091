package org.ekicho.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;

/// Commands below another, by name. picocli looks at every option of every command that it is given, which for all of
/// them takes longer than many a command runs; so a command line that names one gets that one alone.
///
/// @param commands in the order of the help
record CommandGroup(Map<String, Class<?>> commands) {
    static CommandGroup empty() {
        return new CommandGroup(Map.of());
    }

    /// With one more at the end.
    CommandGroup with(String name, Class<?> command) {
        Map<String, Class<?>> more = new LinkedHashMap<>(commands);
        more.put(name, command);
        return new CommandGroup(more);
    }

    /// Gives `line` the command that this word names, or all of them when it names none, as for help and hints.
    void addTo(CommandLine line, String word) {
        Class<?> named = commands.get(word);
        if (named == null) {
            commands.forEach(line::addSubcommand);
        } else {
            line.addSubcommand(word, named);
        }
    }
}
