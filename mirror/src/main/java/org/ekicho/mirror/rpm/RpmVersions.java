package org.ekicho.mirror.rpm;

import java.util.Comparator;

/// How rpm orders versions (rpm: `rpmio/rpmvercmp.cc`): by epoch, version and release, each cut into runs of digits and
/// of letters.
///
/// Only ASCII digits and letters count; anything else but `~` and `^` separates. `~` sorts below everything, the end
/// included; `^` above the end but below all else. A run of digits is newer than one of letters.
public final class RpmVersions implements Comparator<Evr> {
    /// Oldest first.
    public static final RpmVersions ORDER = new RpmVersions();

    private RpmVersions() {}

    @Override
    public int compare(Evr a, Evr b) {
        int epoch = compareEpoch(a.epoch(), b.epoch());
        if (epoch != 0) return epoch;
        int version = compare(a.version(), b.version());
        return version != 0 ? version : compare(a.release(), b.release());
    }

    /// Compares epochs, of which none is 0.
    static int compareEpoch(String a, String b) {
        return compare(a.isEmpty() ? "0" : a, b.isEmpty() ? "0" : b);
    }

    /// Compares two versions or two releases: negative when `a` is older, 0 when rpm takes them as equal.
    public static int compare(String a, String b) {
        if (a.equals(b)) return 0;
        int i = 0;
        int j = 0;
        while (true) {
            i = skipSeparators(a, i);
            j = skipSeparators(b, j);
            boolean tildeA = is(a, i, '~');
            boolean tildeB = is(b, j, '~');
            if (tildeA || tildeB) {
                if (!tildeA) return 1;
                if (!tildeB) return -1;
                i++;
                j++;
                continue;
            }
            boolean caretA = is(a, i, '^');
            boolean caretB = is(b, j, '^');
            if (caretA || caretB) {
                if (i >= a.length()) return -1;
                if (j >= b.length()) return 1;
                if (!caretA) return 1;
                if (!caretB) return -1;
                i++;
                j++;
                continue;
            }
            if (i >= a.length() || j >= b.length()) break;
            boolean digits = isDigit(a.charAt(i));
            int endA = endOfRun(a, i, digits);
            int endB = endOfRun(b, j, digits);
            if (endB == j) return digits ? 1 : -1;
            int run = digits ? compareDigits(a, i, endA, b, j, endB) : compareLetters(a, i, endA, b, j, endB);
            if (run != 0) return run;
            i = endA;
            j = endB;
        }
        return Boolean.compare(i < a.length(), j < b.length());
    }

    private static int skipSeparators(String text, int from) {
        int i = from;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (isDigit(c) || isLetter(c) || c == '~' || c == '^') break;
            i++;
        }
        return i;
    }

    private static int endOfRun(String text, int from, boolean digits) {
        int i = from;
        while (i < text.length() && (digits ? isDigit(text.charAt(i)) : isLetter(text.charAt(i)))) {
            i++;
        }
        return i;
    }

    private static int compareDigits(String a, int i, int endA, String b, int j, int endB) {
        int startA = skipZeros(a, i, endA);
        int startB = skipZeros(b, j, endB);
        int longer = Integer.compare(endA - startA, endB - startB);
        return longer != 0 ? longer : compareLetters(a, startA, endA, b, startB, endB);
    }

    private static int skipZeros(String text, int from, int end) {
        int i = from;
        while (i < end && text.charAt(i) == '0') {
            i++;
        }
        return i;
    }

    private static int compareLetters(String a, int startA, int endA, String b, int startB, int endB) {
        int i = startA;
        int j = startB;
        while (i < endA && j < endB) {
            int one = Character.compare(a.charAt(i++), b.charAt(j++));
            if (one != 0) return Integer.signum(one);
        }
        return Integer.compare(endA - startA, endB - startB);
    }

    private static boolean is(String text, int i, char c) {
        return i < text.length() && text.charAt(i) == c;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
