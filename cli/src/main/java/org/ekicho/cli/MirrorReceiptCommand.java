package org.ekicho.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.ekicho.daemon.mirror.bundle.BundleDesk;
import org.ekicho.daemon.mirror.bundle.Receipts;
import org.ekicho.mirror.bundle.Receipt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `ekicho mirror receipt`: says what this side holds.
@Command(
        name = "receipt",
        description = "Write a small signed list of what is here; the other side exports --since it.")
final class MirrorReceiptCommand extends Printing implements Callable<Integer> {
    @Mixin
    private MirrorOption mirror = new MirrorOption();

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private BundleKeyOptions keys = new BundleKeyOptions();

    @Option(names = "--to", paramLabel = "FILE", required = true, description = "The receipt.")
    private Path to = Path.of("");

    /// What was written.
    ///
    /// @param digest the same for two sites that hold the same
    record Written(String file, String site, int snapshots, String digest, String key) {}

    @Override
    public Integer call() throws IOException {
        BundleDesk desk = new BundleDesk(mirror.openExisting());
        if (keys.isAsked()) {
            keys.show(desk);
        }
        Receipt receipt = new Receipts(desk).write(to, keys.secret(desk), Instant.now());
        Written written = new Written(
                to.toString(),
                receipt.site(),
                receipt.snapshots().size(),
                receipt.digest(),
                keys.secret(desk).key().fingerprint());
        if (output.isJson()) {
            screen.json(written);
            return Exit.GOOD;
        }
        screen.line("wrote " + to + ": " + Amounts.count(written.snapshots(), "snapshot") + " of " + receipt.site()
                + ", digest " + written.digest().substring(0, 16) + ", signed by key " + written.key());
        screen.line("on the other side type: ekicho mirror export --since FILE --to DIR");
        return Exit.GOOD;
    }
}
