package org.ekicho.daemon.settings;

import java.nio.file.Path;
import java.util.Optional;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.site.TimeFiles;

/// All that a run of the daemon follows.
///
/// @param time    the time service
/// @param files   what it reads and writes beside
/// @param state   folder of what is kept across restarts; empty: not said
/// @param control path of the control socket; empty: not said
public record RunSettings(TimeSettings time, TimeFiles files, Optional<Path> state, Optional<Path> control) {
    /// The same with other settings of time.
    public RunSettings withTime(TimeSettings other) {
        return new RunSettings(other, files, state, control);
    }
}
