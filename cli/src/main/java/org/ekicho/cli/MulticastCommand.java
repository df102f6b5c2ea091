package org.ekicho.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `ekicho multicast`: a tester that owes nothing to NTP.
@Command(
        name = "multicast",
        description = "Try multicast without NTP: listen on one host, send on another.",
        subcommands = {MulticastListenCommand.class, MulticastSendCommand.class})
final class MulticastCommand extends Printing implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(screen.out());
    }
}
