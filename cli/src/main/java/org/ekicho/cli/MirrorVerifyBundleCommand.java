package org.ekicho.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ekicho.daemon.mirror.bundle.BundleCheck;
import org.ekicho.daemon.mirror.bundle.BundleDesk;
import org.ekicho.daemon.mirror.bundle.BundleRefusedException;
import org.ekicho.mirror.bundle.BundleKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ekicho mirror verify-bundle`: reads every byte of bundles, on any machine.
@Command(
        name = "verify-bundle",
        description = "Check every byte of bundles and who signed them; needs no mirror and changes nothing.")
final class MirrorVerifyBundleCommand extends Printing implements Callable<Integer> {
    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(paramLabel = "DIR", arity = "1..*", description = "Folders with bundles or volumes.")
    private List<Path> folders = List.of();

    @Option(names = "--key", paramLabel = "FILE", description = "The public key that must have signed.")
    private @Nullable Path key;

    @Override
    public Integer call() throws IOException {
        Optional<BundleKey> pinned = key == null
                ? Optional.empty()
                : Optional.of(BundleDesk.readKey(key).key());
        try {
            List<BundleCheck.Verdict> verdicts =
                    BundleCheck.verify(folders, pinned, output.isJson() ? text -> {} : screen::line);
            boolean complete =
                    verdicts.stream().allMatch(verdict -> verdict.missing().isEmpty());
            if (output.isJson()) {
                screen.json(verdicts);
            } else {
                verdicts.forEach(this::print);
            }
            return complete ? Exit.GOOD : Exit.NOT_GOOD;
        } catch (BundleRefusedException e) {
            screen.problem(e.getMessage() + "");
            return Exit.NOT_GOOD;
        }
    }

    private void print(BundleCheck.Verdict verdict) {
        screen.line("bundle " + screen.bold(verdict.id()) + " of " + verdict.site() + ", based on " + verdict.basedOn()
                + ": " + Amounts.count(verdict.snapshots(), "snapshot") + ", "
                + Amounts.count(verdict.objects(), "file") + ", " + Amounts.bytes(verdict.bytes()) + ", "
                + (verdict.missing().isEmpty()
                        ? screen.good("complete and good")
                        : screen.bad("volume " + verdict.missing() + " is not here; the others are good")));
        screen.line("  signed by key " + verdict.key()
                + (key == null
                        ? "; whether that is the sender's is yours to compare, or give --key FILE"
                        : ", as given"));
    }
}
