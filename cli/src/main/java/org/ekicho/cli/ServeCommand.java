package org.ekicho.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `ekicho serve`: runs a site.
@Command(name = "serve", description = "Run what the site file says.")
final class ServeCommand extends Printing implements Callable<Integer> {
    @Mixin
    private ServeOptions options = new ServeOptions();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The site file (default: ekicho.toml here, else /etc/ekicho/ekicho.toml).")
    private @Nullable Path file;

    @Override
    public Integer call() throws Exception {
        return options.serve(SiteFileOption.choose(Optional.ofNullable(file)), screen);
    }
}
