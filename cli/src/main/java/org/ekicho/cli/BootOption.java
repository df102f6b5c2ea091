package org.ekicho.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.ekicho.daemon.boot.BootFolder;
import org.ekicho.netboot.settings.BootSettings;
import org.ekicho.site.SiteSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which site a boot command works for.
final class BootOption {
    @Option(
            names = "--site",
            paramLabel = "FILE",
            description = "The site file (default: ekicho.toml here, else /etc/ekicho/ekicho.toml).")
    private @Nullable Path site;

    /// @throws IOException when there is no site file, it has an error, or it speaks of no booting
    SiteSettings site() throws IOException {
        SiteSettings read = SiteOption.read(Optional.ofNullable(site))
                .orElseThrow(() -> new IOException("there is no site file here; name one with --site FILE"));
        if (read.boot().isEmpty()) {
            throw new IOException(
                    "the site file has no [boot] table; add one, e.g. [boot] with interfaces = [\"eth1\"]");
        }
        return read;
    }

    BootSettings settings() throws IOException {
        return site().boot().orElseThrow();
    }

    BootFolder folder() throws IOException {
        return BootFolder.of(settings()).open();
    }
}
