package org.ekicho.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `ekicho boot`: network installation.
@Command(name = "boot", description = "Network installation: what a machine gets, what became of it, and another way.")
final class BootCommand extends Printing implements Runnable {
    /// The commands in the order of the help.
    static final CommandGroup COMMANDS = CommandGroup.empty()
            .with("install", BootInstallCommand.class)
            .with("orders", BootOrdersCommand.class)
            .with("cancel", BootCancelCommand.class)
            .with("explain", BootExplainCommand.class)
            .with("tree", BootTreeCommand.class)
            .with("watch", BootWatchCommand.class)
            .with("options", BootOptionsCommand.class)
            .with("media", BootMediaCommand.class)
            .with("trace", BootTraceCommand.class)
            .with("loaders", BootLoadersCommand.class)
            .with("render", BootRenderCommand.class)
            .with("lint", BootLintCommand.class);

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(screen.out());
    }
}
