package org.ekicho.daemon.settings;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ekicho.site.NamedFile;
import org.ekicho.site.SiteReading;
import org.ekicho.site.SiteSettings;
import org.ekicho.site.diagnostic.Diagnostic;
import org.ekicho.site.diagnostic.Position;
import org.ekicho.site.diagnostic.Report;
import org.ekicho.site.ntpconf.NtpConfReader;
import org.ekicho.site.ntpconf.NtpConfReading;
import org.ekicho.site.toml.SiteFile;

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
            case NamedFile.Unreadable unreadable -> failed(unreadable.reason());
        };
    }

    private SettingsReading read(String text) {
        FileSurroundings surroundings =
                new FileSurroundings(path.toAbsolutePath().resolveSibling("."));
        return switch (kind) {
            case NTP_CONF -> ntpConf(NtpConfReader.read(path.toString(), text, surroundings));
            case SITE -> site(SiteFile.read(path.toString(), utf8(text), surroundings));
        };
    }

    private static SettingsReading ntpConf(NtpConfReading reading) {
        return new SettingsReading(
                reading.conf()
                        .map(conf -> new RunSettings(
                                SiteSettings.ofTime(conf.time(), conf.files()), Optional.of(conf.time()))),
                reading.report());
    }

    private SettingsReading site(SiteReading reading) {
        Optional<SiteSettings> settings = reading.settings();
        if (settings.isPresent()
                && settings.get().time().isEmpty()
                && settings.get().mirror().isEmpty()
                && settings.get().boot().isEmpty()) {
            return failed("nothing to serve: there is neither [time] nor [mirror] nor [boot] in it");
        }
        return new SettingsReading(settings.map(site -> new RunSettings(site, site.time())), reading.report());
    }

    /// TOML is UTF-8; the text was read one character a byte.
    private static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private SettingsReading failed(String why) {
        return new SettingsReading(
                Optional.empty(), new Report(List.of(Diagnostic.error(Position.ofFile(path.toString()), why))));
    }
}
