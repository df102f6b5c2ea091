package org.ekicho.mirror.rpm;

/// Which requirement of `libc.so.6(GLIBC_2.34)(64bit)` is the newest: it implies the others.
final class Glibc {
    private Glibc() {}

    /// Compares by the number in the first parentheses; without parentheses, without an end of them, with nothing and
    /// with no digit in them sort below, in this order.
    static int compare(String a, String b) {
        int rank = Integer.compare(rank(a), rank(b));
        if (rank != 0) return rank;
        return rank(a) < 4 ? 0 : RpmVersions.compare(version(a), version(b));
    }

    private static int rank(String name) {
        int open = name.indexOf('(');
        if (open < 0) return 0;
        int close = name.indexOf(')', open);
        if (close < 0) return 1;
        if (close == open + 1) return 2;
        return firstDigit(name, open, close) < 0 ? 3 : 4;
    }

    private static String version(String name) {
        int open = name.indexOf('(');
        int close = name.indexOf(')', open);
        return name.substring(firstDigit(name, open, close), close);
    }

    private static int firstDigit(String name, int open, int close) {
        for (int i = open + 1; i < close; i++) {
            if (name.charAt(i) >= '0' && name.charAt(i) <= '9') return i;
        }
        return -1;
    }
}
