package org.ekicho.site.adopt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The difference of two texts as `diff -u` prints it.
public final class UnifiedDiff {
    /// Lines of what stays that are shown around a change.
    private static final int CONTEXT = 3;
    /// Texts that differ in more lines than this are shown as one replaced by the other.
    private static final int MOST_EDITS = 2000;

    private UnifiedDiff() {}

    private record Edit(char sign, String line) {}

    /// Empty when the texts are equal.
    ///
    /// @param before the name in the `---` line
    /// @param after  the name in the `+++` line
    public static String render(String before, String after, String old, String current) {
        if (old.equals(current)) {
            return "";
        }
        List<Edit> edits = edits(lines(old), lines(current));
        StringBuilder out = new StringBuilder("--- " + before + "\n+++ " + after + "\n");
        int at = 0;
        while (at < edits.size()) {
            int change = nextChange(edits, at);
            if (change == edits.size()) {
                break;
            }
            int start = Math.max(at, change - CONTEXT);
            int end = endOfHunk(edits, change);
            hunk(edits, start, end, out);
            at = end;
        }
        return out.toString();
    }

    /// Each line with its newline; the last one may lack it.
    private static List<String> lines(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.asList(text.split("(?<=\n)", -1)).stream()
                        .filter(line -> !line.isEmpty())
                        .toList();
    }

    private static int nextChange(List<Edit> edits, int from) {
        int i = from;
        while (i < edits.size() && edits.get(i).sign() == ' ') {
            i++;
        }
        return i;
    }

    private static int endOfHunk(List<Edit> edits, int change) {
        int end = change;
        int quiet = 0;
        for (int i = change; i < edits.size() && quiet <= 2 * CONTEXT; i++) {
            if (edits.get(i).sign() == ' ') {
                quiet++;
            } else {
                quiet = 0;
                end = i + 1;
            }
        }
        return Math.min(edits.size(), end + CONTEXT);
    }

    private static void hunk(List<Edit> edits, int start, int end, StringBuilder out) {
        out.append("@@ -").append(range(edits, start, end, '-'));
        out.append(" +").append(range(edits, start, end, '+')).append(" @@\n");
        for (Edit edit : edits.subList(start, end)) {
            out.append(edit.sign()).append(edit.line());
            if (!edit.line().endsWith("\n")) {
                out.append("\n\\ No newline at end of file\n");
            }
        }
    }

    /// First line and number of lines of one side; a side without lines begins before its place.
    private static String range(List<Edit> edits, int start, int end, char side) {
        char other = side == '-' ? '+' : '-';
        long before =
                edits.subList(0, start).stream().filter(e -> e.sign() != other).count();
        long count = edits.subList(start, end).stream()
                .filter(e -> e.sign() != other)
                .count();
        return count == 1 ? String.valueOf(before + 1) : (count == 0 ? before : before + 1) + "," + count;
    }

    /// The shortest script of Myers' greedy algorithm between what both begin and end with.
    private static List<Edit> edits(List<String> a, List<String> b) {
        List<int[]> trace = new ArrayList<>();
        int most = Math.min(a.size() + b.size(), MOST_EDITS);
        int[] reached = new int[2 * most + 3];
        for (int d = 0; d <= most; d++) {
            for (int k = -d; k <= d; k += 2) {
                boolean down = k == -d || (k != d && reached[most + k] < reached[most + k + 2]);
                int x = down ? reached[most + k + 2] : reached[most + k] + 1;
                while (x < a.size()
                        && x - k < b.size()
                        && x - k >= 0
                        && a.get(x).equals(b.get(x - k))) {
                    x++;
                }
                reached[most + k + 1] = x;
                if (x >= a.size() && x - k >= b.size()) {
                    return walked(a, b, trace, most, d);
                }
            }
            trace.add(reached.clone());
        }
        List<Edit> all = new ArrayList<>();
        a.forEach(line -> all.add(new Edit('-', line)));
        b.forEach(line -> all.add(new Edit('+', line)));
        return all;
    }

    private static List<Edit> walked(List<String> a, List<String> b, List<int[]> trace, int most, int steps) {
        List<Edit> edits = new ArrayList<>();
        int x = a.size();
        int y = b.size();
        for (int d = steps; d > 0; d--) {
            int[] reached = trace.get(d - 1);
            int k = x - y;
            boolean down = k == -d || (k != d && reached[most + k] < reached[most + k + 2]);
            int fromK = down ? k + 1 : k - 1;
            int fromX = reached[most + fromK + 1];
            int fromY = fromX - fromK;
            while (x > fromX && y > fromY) {
                edits.add(new Edit(' ', a.get(--x)));
                y--;
            }
            if (down) {
                edits.add(new Edit('+', b.get(--y)));
            } else {
                edits.add(new Edit('-', a.get(--x)));
            }
        }
        while (x > 0) {
            edits.add(new Edit(' ', a.get(--x)));
        }
        return edits.reversed();
    }
}
