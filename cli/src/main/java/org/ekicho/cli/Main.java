package org.ekicho.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The `ekicho` command: the program's only `main`.
@Command(
        name = "ekicho",
        mixinStandardHelpOptions = true,
        version = "ekicho 0.1.0",
        description = "Authenticated time for a private LAN.")
public final class Main implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    /// Without a command: the help.
    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }
}
