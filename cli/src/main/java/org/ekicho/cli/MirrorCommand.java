package org.ekicho.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `ekicho mirror`: the package mirror.
@Command(name = "mirror", description = "The package mirror: add, sync, publish, serve, carry and check repositories.")
final class MirrorCommand extends Printing implements Runnable {
    /// The commands in the order of the help.
    static final CommandGroup COMMANDS = CommandGroup.empty()
            .with("add", MirrorAddCommand.class)
            .with("list", MirrorListCommand.class)
            .with("remove", MirrorRemoveCommand.class)
            .with("sync", MirrorSyncCommand.class)
            .with("index", MirrorIndexCommand.class)
            .with("publish", MirrorPublishCommand.class)
            .with("promote", MirrorPromoteCommand.class)
            .with("rollback", MirrorRollbackCommand.class)
            .with("snapshots", MirrorSnapshotsCommand.class)
            .with("diff", MirrorDiffCommand.class)
            .with("gc", MirrorGcCommand.class)
            .with("serve", MirrorServeCommand.class)
            .with("clients", MirrorClientsCommand.class)
            .with("client-config", MirrorClientConfigCommand.class)
            .with("adopt", MirrorAdoptCommand.class)
            .with("export", MirrorExportCommand.class)
            .with("import", MirrorImportCommand.class)
            .with("verify-bundle", MirrorVerifyBundleCommand.class)
            .with("receipt", MirrorReceiptCommand.class);

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(screen.out());
    }
}
