package org.ekicho.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// A command that prints.
@Command
abstract class Printing {
    /// Set when the command is made.
    @SuppressWarnings("NullAway.Init")
    Screen screen;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;
}
