package org.ekicho.cli;

import picocli.CommandLine.Option;

/// `-o json`: how a command prints.
final class OutputOption {
    /// How a command prints.
    enum Format {
        text,
        json
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "How to print: ${COMPLETION-CANDIDATES}.")
    private Format format = Format.text;

    boolean isJson() {
        return format == Format.json;
    }
}
