package org.ekicho.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.ekicho.daemon.settings.RunSettings;
import org.ekicho.daemon.settings.SettingsFile;
import org.ekicho.daemon.settings.SettingsReading;
import org.ekicho.site.SiteSettings;
import org.ekicho.site.diagnostic.Severity;

/// Reads the site file for a command that needs a part of it.
final class SiteOption {
    private SiteOption() {}

    /// What the file says; empty when none was named and none is there.
    ///
    /// @param asked the file that was named
    /// @throws IOException when it cannot be read or has an error
    static Optional<SiteSettings> read(Optional<Path> asked) throws IOException {
        SettingsFile file = SiteFileOption.choose(asked);
        if (asked.isEmpty() && !Files.exists(file.path())) {
            return Optional.empty();
        }
        SettingsReading reading = file.read();
        if (reading.report().hasErrors()) {
            String first = reading.report().diagnostics().stream()
                    .filter(diagnostic -> diagnostic.severity() == Severity.ERROR)
                    .findFirst()
                    .map(Object::toString)
                    .orElse(file.path() + " has an error");
            throw new IOException(first + " (\"ekicho check " + file.path() + "\" says all)");
        }
        return reading.settings().map(RunSettings::site);
    }
}
