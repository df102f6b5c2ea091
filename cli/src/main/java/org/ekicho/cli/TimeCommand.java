package org.ekicho.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `ekicho time`: all about time.
@Command(
        name = "time",
        description = "Time: serve an ntp.conf, explain files, keys, and what the running daemon sees.",
        subcommands = {
            TimeServeCommand.class,
            TimeLintCommand.class,
            TimeKeysCommand.class,
            TimePeersCommand.class,
            TimeAssocCommand.class,
            TimeStatCommand.class,
            TimeClientsCommand.class
        })
final class TimeCommand extends Printing implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(screen.out());
    }
}
