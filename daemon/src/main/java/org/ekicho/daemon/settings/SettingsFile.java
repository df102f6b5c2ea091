package org.ekicho.daemon.settings;

import java.nio.file.Path;
import java.util.Optional;
import org.ekicho.site.NamedFile;
import org.ekicho.site.diagnostic.Diagnostic;
import org.ekicho.site.diagnostic.Position;
import org.ekicho.site.diagnostic.Report;
import org.ekicho.site.ntpconf.NtpConfReader;
import org.ekicho.site.ntpconf.NtpConfReading;

/// The file that a daemon was started with. `ekicho check`, `serve` and `reload` all read it here, so that they
/// agree.
///
/// @param path where it is
/// @param kind what language it is in
public record SettingsFile(Path path, Kind kind) {
    /// The language of a file.
    public enum Kind {
        /// `ekicho.toml`.
        SITE,
        /// A classic ntp.conf.
        NTP_CONF;

        /// By name: `.toml` is a site file.
        public static Kind of(Path path) {
            return path.toString().endsWith(".toml") ? SITE : NTP_CONF;
        }
    }

    /// Reads the file as it is now, and all that it names.
    public SettingsReading read() {
        return switch (FileSurroundings.read(path)) {
            case NamedFile.Found found -> read(found.text());
            case NamedFile.Unreadable unreadable ->
                new SettingsReading(
                        Optional.empty(),
                        new Report(java.util.List.of(
                                Diagnostic.error(Position.ofFile(path.toString()), unreadable.reason()))));
        };
    }

    private SettingsReading read(String text) {
        FileSurroundings surroundings =
                new FileSurroundings(path.toAbsolutePath().resolveSibling("."));
        return switch (kind) {
            case NTP_CONF -> {
                NtpConfReading reading = NtpConfReader.read(path.toString(), text, surroundings);
                yield new SettingsReading(
                        reading.conf().map(conf -> new RunSettings(conf.time(), conf.files())), reading.report());
            }
            case SITE ->
                new SettingsReading(
                        Optional.empty(),
                        new Report(java.util.List.of(
                                Diagnostic.error(Position.ofFile(path.toString()), "site files cannot be read yet"))));
        };
    }
}
