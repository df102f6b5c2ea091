package org.ekicho.mirror.bundle;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The name of a bundle: when its export began (UTC), and the first digits of the SHA-256 of its content list, such as
/// `20261127T101500Z-3f2a9c01`. Sorts by time.
public record BundleId(String text) implements Comparable<BundleId> {
    /// Characters, all ASCII.
    public static final int LENGTH = 25;

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int DIGITS = 8;

    public BundleId {
        if (!isValid(text)) {
            throw new IllegalArgumentException("no id of a bundle: \"" + text + "\"");
        }
    }

    public static boolean isValid(String text) {
        return text.length() == LENGTH && text.matches("[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}");
    }

    /// @param contentSha256 of what it will carry, in hexadecimal digits
    public static BundleId of(Instant begun, String contentSha256) {
        return new BundleId(STAMP.format(begun) + "-" + contentSha256.substring(0, DIGITS));
    }

    /// When its export began, to the second.
    public Instant begun() {
        return STAMP.parse(text.substring(0, LENGTH - DIGITS - 1), Instant::from);
    }

    /// What tells two contents apart: the digits after the time.
    public String digits() {
        return text.substring(LENGTH - DIGITS);
    }

    @Override
    public int compareTo(BundleId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
