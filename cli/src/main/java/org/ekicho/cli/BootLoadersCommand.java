package org.ekicho.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.ekicho.daemon.boot.LoaderShelf;
import org.ekicho.daemon.boot.LoaderShelf.Found;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `ekicho boot loaders`: which boot programs are here.
@Command(
        name = "loaders",
        description = {
            "List the boot programs that are here, and the command that brings what is missing.",
            "None is shipped: they come from this host's packages, or from loaders/ in the boot folder."
        })
final class BootLoadersCommand extends Printing implements Callable<Integer> {
    private static final int SHOWN = 12;

    @Mixin
    private BootOption boot = new BootOption();

    @Mixin
    private OutputOption output = new OutputOption();

    @Override
    public Integer call() throws IOException {
        List<Found> found = new LoaderShelf(boot.folder().loaders()).survey();
        if (output.isJson()) {
            screen.json(found);
            return Exit.GOOD;
        }
        for (Found loader : found) {
            String where = loader.file()
                    .map(file -> loader.sha256().substring(0, SHOWN) + "  " + file
                            + (loader.version().isEmpty() ? "" : "  (" + loader.version() + ")"))
                    .orElse(screen.warn("missing"));
            screen.line(String.format("%-22s %-16s %-8s %s", loader.name(), loader.arch(), loader.use(), where));
        }
        String remedies = found.stream()
                .map(Found::remedy)
                .flatMap(Optional::stream)
                .distinct()
                .collect(Collectors.joining("\n  "));
        if (!remedies.isEmpty()) {
            screen.line("what is missing comes with\n  " + remedies);
        }
        boolean any = found.stream()
                .anyMatch(f -> f.use().equals("network") && f.file().isPresent());
        return any ? Exit.GOOD : Exit.NOT_GOOD;
    }
}
