package org.ekicho.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `ekicho mirror`: the package mirror.
@Command(
        name = "mirror",
        description = "The package mirror: add, sync, publish, serve, carry and check repositories.",
        subcommands = {
            MirrorIndexCommand.class,
            MirrorPublishCommand.class,
            MirrorPromoteCommand.class,
            MirrorRollbackCommand.class,
            MirrorDiffCommand.class,
            MirrorSnapshotsCommand.class,
            MirrorGcCommand.class,
            MirrorExportCommand.class,
            MirrorImportCommand.class,
            MirrorReceiptCommand.class,
            MirrorVerifyBundleCommand.class
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
