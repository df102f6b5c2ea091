package org.ekicho.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.ekicho.daemon.settings.SettingsFile;

/// Which file holds the settings when none is named.
final class SiteFileOption {
    /// Of a system-wide installation.
    static final Path SYSTEM = Path.of("/etc/ekicho/ekicho.toml");
    /// Of a site that is kept in a folder, and what `ekicho init` writes.
    static final Path HERE = Path.of("ekicho.toml");

    private SiteFileOption() {}

    static SettingsFile choose(Optional<Path> asked) {
        Path path = asked.orElseGet(() -> Files.exists(HERE) || !Files.exists(SYSTEM) ? HERE : SYSTEM);
        return new SettingsFile(path, SettingsFile.Kind.of(path));
    }
}
