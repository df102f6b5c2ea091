package org.ekicho.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.ekicho.daemon.settings.SettingsFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `ekicho time serve --ntp-conf FILE`: runs an unmodified ntp.conf alone.
@Command(name = "serve", description = "Run an unmodified ntp.conf alone.")
final class TimeServeCommand extends Printing implements Callable<Integer> {
    @Mixin
    private ServeOptions options = new ServeOptions();

    @Option(names = "--ntp-conf", required = true, paramLabel = "FILE", description = "The file to run.")
    private Path file = Path.of("/etc/ntp.conf");

    @Override
    public Integer call() throws Exception {
        return options.serve(new SettingsFile(file, SettingsFile.Kind.NTP_CONF), screen);
    }
}
