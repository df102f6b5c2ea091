package org.ekicho.daemon.settings;

import java.util.Optional;
import org.ekicho.site.diagnostic.Report;

/// The result of reading a file of settings.
///
/// @param settings what it says; empty when the report has an error
/// @param report   all problems
public record SettingsReading(Optional<RunSettings> settings, Report report) {}
