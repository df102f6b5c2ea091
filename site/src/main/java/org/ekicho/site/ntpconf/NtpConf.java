package org.ekicho.site.ntpconf;

import java.util.List;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.site.TimeFiles;
import org.ekicho.site.ntpkeys.KeyFile;

/// What an ntp.conf says.
///
/// @param time       as settings
/// @param files      files that it names
/// @param keyFile    the keys it loads, with their places
/// @param statements its commands, for explanations
public record NtpConf(TimeSettings time, TimeFiles files, KeyFile keyFile, List<Statement> statements) {
    public NtpConf {
        statements = List.copyOf(statements);
    }
}
