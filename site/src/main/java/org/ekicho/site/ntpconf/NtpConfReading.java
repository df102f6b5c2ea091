package org.ekicho.site.ntpconf;

import java.util.Optional;
import org.ekicho.site.diagnostic.Report;

/// The result of reading an ntp.conf.
///
/// @param conf   what it says; empty when the report has an error, so that half a file is never run
/// @param report all problems
public record NtpConfReading(Optional<NtpConf> conf, Report report) {}
