package org.ekicho.cli;

import java.util.Locale;

/// Numbers for people.
final class Amounts {
    private Amounts() {}

    /// `12.3 MB`, `17 bytes`.
    static String bytes(long bytes) {
        if (bytes < 1_000) {
            return bytes + " bytes";
        }
        String[] units = {"kB", "MB", "GB", "TB"};
        double value = bytes / 1_000.0;
        int unit = 0;
        while (value >= 999.95 && unit < units.length - 1) {
            value /= 1_000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
    }

    /// `1 object`, `2 objects`.
    static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
