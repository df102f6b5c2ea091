package org.ekicho.netboot.trace;

import java.util.Locale;
import java.util.Map;

/// Numbers in words, the same in timeline, verdicts and documents.
final class Words {
    private static final double NANOS = 1e9;

    private Words() {}

    /// `0.2 s`, `13.1 s`, `2 min 5 s`.
    static String time(long nanos) {
        double seconds = Math.max(0, nanos) / NANOS;
        if (seconds < 120) return String.format(Locale.ROOT, seconds < 0.0995 ? "%.2f s" : "%.1f s", seconds);
        long whole = Math.round(seconds);
        return whole / 60 + " min " + whole % 60 + " s";
    }

    /// `once`, `twice`, `6 times`.
    static String times(int count) {
        return switch (count) {
            case 1 -> "once";
            case 2 -> "twice";
            default -> count + " times";
        };
    }

    /// `28 bytes`, `173.8 kB`, `49.0 MB` in powers of ten.
    static String bytes(long bytes) {
        if (bytes < 1000) return bytes + (bytes == 1 ? " byte" : " bytes");
        if (bytes < 1_000_000) return String.format(Locale.ROOT, "%.1f kB", bytes / 1e3);
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    /// A template with its words in braces filled in; a word without a fact stays, so that a test finds it.
    static String fill(String template, Map<String, String> facts) {
        StringBuilder text = new StringBuilder(template.length() + 64);
        int at = 0;
        while (at < template.length()) {
            int open = template.indexOf('{', at);
            int close = open < 0 ? -1 : template.indexOf('}', open);
            if (close < 0) break;
            String name = template.substring(open + 1, close);
            text.append(template, at, open).append(facts.getOrDefault(name, "{" + name + "}"));
            at = close + 1;
        }
        return text.append(template.substring(at)).toString();
    }
}
