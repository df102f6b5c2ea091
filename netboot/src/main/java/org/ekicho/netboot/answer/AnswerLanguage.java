package org.ekicho.netboot.answer;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The languages in which installers are answered.
public enum AnswerLanguage {
    /// Anaconda: Fedora, RHEL and its kin.
    KICKSTART,
    /// Debian's installer.
    PRESEED,
    /// Ubuntu's server installer (cloud-config).
    AUTOINSTALL,
    /// SUSE's, in XML.
    AUTOYAST,
    /// SUSE's of 2025 and later, in JSON.
    AGAMA;

    /// By the ending of a file's name: `.ks`, `.cfg` or `.kickstart`; `.preseed`; `.yaml`; `.xml`; `.json`.
    public static Optional<AnswerLanguage> ofName(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return switch (ending) {
            case "ks", "kickstart", "cfg" -> Optional.of(KICKSTART);
            case "preseed" -> Optional.of(PRESEED);
            case "yaml", "yml" -> Optional.of(AUTOINSTALL);
            case "xml" -> Optional.of(AUTOYAST);
            case "json" -> Optional.of(AGAMA);
            default -> Optional.empty();
        };
    }

    /// Reads `kickstart`, `preseed`, `autoinstall`, `autoyast`, `agama`.
    public static Optional<AnswerLanguage> parse(String text) {
        return Arrays.stream(values()).filter(l -> l.toString().equals(text)).findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
