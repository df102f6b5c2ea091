package org.ekicho.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `ekicho doctor`: what is wrong around Ekicho.
@Command(
        name = "doctor",
        description = "Find out what keeps something from working here, and the command that mends it.",
        subcommands = {DoctorMulticastCommand.class})
final class DoctorCommand extends Printing implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(screen.out());
    }
}
