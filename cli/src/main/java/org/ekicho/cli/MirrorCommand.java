package org.ekicho.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `ekicho mirror`: the package mirror.
@Command(
        name = "mirror",
        description = "The package mirror: add, sync, publish, serve, carry and check repositories.",
        subcommands = {
            MirrorAddCommand.class,
            MirrorListCommand.class,
            MirrorRemoveCommand.class,
            MirrorSyncCommand.class,
            MirrorIndexCommand.class,
            MirrorPublishCommand.class,
            MirrorPromoteCommand.class,
            MirrorRollbackCommand.class,
            MirrorSnapshotsCommand.class,
            MirrorDiffCommand.class,
            MirrorGcCommand.class,
            MirrorServeCommand.class,
            MirrorClientsCommand.class,
            MirrorClientConfigCommand.class,
            MirrorAdoptCommand.class,
            MirrorExportCommand.class,
            MirrorImportCommand.class,
            MirrorVerifyBundleCommand.class,
            MirrorReceiptCommand.class
        })
final class MirrorCommand extends Printing implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(screen.out());
    }
}
