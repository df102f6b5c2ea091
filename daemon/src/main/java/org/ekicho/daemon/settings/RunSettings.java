package org.ekicho.daemon.settings;

import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.site.TimeFiles;

/// All that a run of the daemon follows.
///
/// @param time  the time service
/// @param files what it reads and writes beside
public record RunSettings(TimeSettings time, TimeFiles files) {}
