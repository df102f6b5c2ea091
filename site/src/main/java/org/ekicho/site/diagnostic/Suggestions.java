package org.ekicho.site.diagnostic;

import java.util.Collection;
import java.util.Optional;

/// Did-you-mean: the known word nearest to a mistyped one, by Damerau-Levenshtein distance (insertions, deletions,
/// substitutions and swaps of neighbours count one each; no substring is edited twice).
public final class Suggestions {
    /// Longer words are not compared: no keyword is as long, and the cost grows with the square.
    private static final int MAX_LENGTH = 64;

    /// Shorter beginnings are shared by chance.
    private static final int MIN_STEM = 4;

    private Suggestions() {}

    /// The nearest of `known`, unless even that is further off than a third of the word's length and
    /// neither begins with the other.
    public static Optional<String> nearest(String word, Collection<String> known) {
        if (word.isEmpty() || word.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        int best = Math.max(1, word.length() / 3) + 1;
        String found = null;
        for (String candidate : known) {
            int distance = distance(word, candidate);
            if (distance < best) {
                best = distance;
                found = candidate;
            }
        }
        return found != null ? Optional.of(found) : longerOrShorter(word, known);
    }

    /// The known word that this one begins with, or that begins with this one: `steering` for `steer`.
    private static Optional<String> longerOrShorter(String word, Collection<String> known) {
        return known.stream()
                .filter(k -> Math.min(k.length(), word.length()) >= MIN_STEM)
                .filter(k -> k.startsWith(word) || word.startsWith(k))
                .findFirst();
    }

    /// How many single edits turn one word into the other.
    static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(last[j - 1] + change, 1 + Math.min(last[j], row[j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[b.length()];
    }
}
