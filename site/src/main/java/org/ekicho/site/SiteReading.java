package org.ekicho.site;

import java.util.Optional;
import org.ekicho.site.diagnostic.Report;

/// The result of reading a site file.
///
/// @param settings what it says; empty when the report has an error, so that half a file is never run
/// @param report   all problems of it and of the files that it names
public record SiteReading(Optional<SiteSettings> settings, Report report) {}
