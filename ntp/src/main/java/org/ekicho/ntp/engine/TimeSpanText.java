package org.ekicho.ntp.engine;

/// Spans and offsets for people.
final class TimeSpanText {
    private TimeSpanText() {}

    /// `45 s`, `4 min`, `2 h`.
    static String of(long seconds) {
        if (seconds < 120) {
            return seconds + " s";
        }
        return seconds < 7200 ? (seconds + 30) / 60 + " min" : (seconds + 1800) / 3600 + " h";
    }

    /// `12 ns`, `0.4 ms`, `1.003 s`, without a sign.
    static String ofOffset(double seconds) {
        double size = Math.abs(seconds);
        if (size < 1e-6) {
            return Math.round(size * 1e9) + " ns";
        }
        if (size < 1e-3) {
            return Math.round(size * 1e6) + " µs";
        }
        return size < 1 ? thousandths(size * 1e3, 10) + " ms" : thousandths(size, 1000) + " s";
    }

    private static String thousandths(double value, int parts) {
        return String.valueOf((double) Math.round(value * parts) / parts);
    }
}
