package org.ekicho.daemon.settings;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.site.SiteSettings;
import org.ekicho.site.TimeFiles;

/// All that a run of the daemon follows.
///
/// @param site what the operator said
/// @param time its time service; empty: it has none
public record RunSettings(SiteSettings site, Optional<TimeSettings> time) {
    /// What the time service reads and writes beside.
    public TimeFiles files() {
        return site.timeFiles();
    }

    /// Folder of what is kept across restarts; empty: not said.
    public Optional<Path> state() {
        return said(site.stateDirectory(), SiteSettings.DEFAULT_STATE_DIRECTORY);
    }

    /// Path of the control socket; empty: not said.
    public Optional<Path> control() {
        return said(site.controlSocket(), SiteSettings.DEFAULT_CONTROL_SOCKET);
    }

    private static Optional<Path> said(String path, String otherwise) {
        return path.equals(otherwise) ? Optional.empty() : Optional.of(Path.of(path));
    }

    /// The same with its settings of time changed, where it has any.
    public RunSettings withTime(UnaryOperator<TimeSettings> change) {
        return new RunSettings(site, time.map(change));
    }
}
