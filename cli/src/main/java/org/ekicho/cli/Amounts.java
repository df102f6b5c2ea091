package org.ekicho.cli;

import java.time.Duration;
import java.util.Locale;

/// Numbers and times as a person reads them.
final class Amounts {
    private Amounts() {}

    /// As everywhere in the command.
    static String bytes(long bytes) {
        return Bytes.format(bytes);
    }

    /// `1 object`, `2 objects`.
    static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    /// `0.8 s`, `3 min 20 s`, `2 h 5 min`.
    static String duration(Duration time) {
        if (time.toSeconds() < 60) {
            return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
        }
        return time.toHours() > 0
                ? time.toHours() + " h " + time.toMinutesPart() + " min"
                : time.toMinutes() + " min " + time.toSecondsPart() + " s";
    }
}
