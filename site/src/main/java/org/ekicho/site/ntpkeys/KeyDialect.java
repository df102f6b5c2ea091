package org.ekicho.site.ntpkeys;

import java.util.Locale;
import java.util.Optional;

/// Whose rules a key file follows. The same line can mean different secrets to different programs.
public enum KeyDialect {
    /// Classic ntpd 4.2.8: up to 20 characters are text, more are hexadecimal.
    NTPD,
    /// chronyd: text unless it begins with `HEX:`.
    CHRONY,
    /// NTPsec: as ntpd, with more names of ciphers.
    NTPSEC;

    /// `ntpd`, `chrony`, `ntpsec`: as the command line and the site file say it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<KeyDialect> ofWord(String word) {
        for (KeyDialect dialect : values()) {
            if (dialect.word().equals(word)) {
                return Optional.of(dialect);
            }
        }
        return Optional.empty();
    }
}
