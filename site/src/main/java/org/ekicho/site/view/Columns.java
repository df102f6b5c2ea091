package org.ekicho.site.view;

import java.util.Locale;

/// Cells as ntpq prints them: intervals and milliseconds that never grow wider than their column.
final class Columns {
    /// What all tables and sentences keep to.
    static final int WIDTH = 80;

    private static final long NANOS = 1_000_000_000L;

    private Columns() {}

    /// Seconds in at most four characters: `45`, `2048`, then `35m`, `96h`, `12d`; `-` for none or a negative one.
    static String interval(long seconds) {
        if (seconds <= 0) {
            return "-";
        }
        if (seconds <= 2048) {
            return Long.toString(seconds);
        }
        long minutes = (seconds + 29) / 60;
        if (minutes <= 300) {
            return minutes + "m";
        }
        long hours = (minutes + 29) / 60;
        return hours <= 96 ? hours + "h" : Math.min((hours + 11) / 24, 999) + "d";
    }

    /// The span between two clock times as [#interval(long)]; a part of a second counts as one.
    static String since(long thenNanos, long nowNanos) {
        return thenNanos == 0 ? "-" : interval((nowNanos - thenNanos + NANOS - 1) / NANOS);
    }

    /// 2^`log2` seconds as [#interval(long)]; below a second as a fraction.
    static String poll(int log2) {
        return log2 >= 0 ? interval(1L << Math.min(log2, 17)) : "1/" + (1 << Math.min(-log2, 6));
    }

    /// Seconds as milliseconds with three decimals, fewer where the column is short; what is too large even so stands
    /// as whole seconds `12345s` or days `300d`, never cut to a wrong number as ntpq would.
    ///
    /// @param width 7 or more
    static String millis(double seconds, int width) {
        return fitted("", seconds, width);
    }

    /// As [#millis(double, int)], always with a sign.
    static String signedMillis(double seconds, int width) {
        return fitted("+", seconds, width);
    }

    private static String fitted(String sign, double seconds, int width) {
        for (int decimals = 3; decimals >= 0; decimals--) {
            String text = String.format(Locale.ROOT, "%" + sign + "." + decimals + "f", seconds * 1e3);
            if (text.length() <= width) {
                return text;
            }
        }
        String whole = String.format(Locale.ROOT, "%" + sign + ".0fs", seconds);
        return whole.length() <= width ? whole : String.format(Locale.ROOT, "%" + sign + ".0fd", seconds / 86_400);
    }

    /// `text` in `width` columns, at the left.
    static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /// `text` in `width` columns, at the right.
    static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
