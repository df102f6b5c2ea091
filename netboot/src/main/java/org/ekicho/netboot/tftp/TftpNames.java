package org.ekicho.netboot.tftp;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// File names as boot ROMs write them, and what is meant. Firmware appends bytes that stood behind option 67,
/// writes `\`, doubles slashes, or begins with a drive letter.
public final class TftpNames {
    /// What a name led to.
    public sealed interface Lookup {
        /// The name in plain form, for the trace.
        String asked();

        record Found(String asked, BootFile file) implements Lookup {}

        /// @param nearest a name of the index that looks like it
        /// @param miss    what it was wanted for
        record Missing(String asked, Optional<String> nearest, TftpMiss miss) implements Lookup {}
    }

    /// Names that are compared in the search for the nearest; an index of more is searched so far only.
    private static final int MAX_COMPARED = 2000;
    /// Characters that a name may differ by and still be called near.
    private static final int NEAR = 3;

    private TftpNames() {}

    /// Looks a name up: as it came, then without what follows the first odd byte, each first by its case, then
    /// without.
    public static Lookup find(String raw, BootIndex index) {
        Set<String> tries = new LinkedHashSet<>();
        tries.add(plain(raw));
        tries.add(plain(raw.substring(0, firstOdd(raw))));
        tries.remove("");
        for (String name : tries) {
            Optional<BootFile> file = index.find(name).or(() -> index.findAnyCase(name));
            if (file.isPresent()) return new Lookup.Found(name, file.get());
        }
        String asked = tries.isEmpty() ? "" : tries.iterator().next();
        return new Lookup.Missing(asked, nearest(asked, index), TftpMiss.of(asked));
    }

    /// A name with `/` between its parts, none in front, no empty part or `.`, and no odd bytes at its end;
    /// others become `?`. A `..` stays as it is and so never finds anything.
    public static String plain(String raw) {
        int end = raw.length();
        while (end > 0 && isOdd(raw.charAt(end - 1))) end--;
        String name = raw.substring(0, end).replace('\\', '/');
        if (name.length() >= 2 && name.charAt(1) == ':' && isLetter(name.charAt(0))) name = name.substring(2);
        StringBuilder plain = new StringBuilder(name.length());
        for (String padded : name.split("/", -1)) {
            String part = padded.stripTrailing();
            if (part.isEmpty() || part.equals(".")) continue;
            if (!plain.isEmpty()) plain.append('/');
            part.chars().forEach(c -> plain.append(isOdd((char) c) && c != ' ' ? '?' : (char) c));
        }
        return plain.toString();
    }

    private static int firstOdd(String raw) {
        int at = 0;
        while (at < raw.length() && (raw.charAt(at) == ' ' || !isOdd(raw.charAt(at)))) at++;
        return at;
    }

    /// Anything but visible ASCII.
    private static boolean isOdd(char c) {
        return c <= ' ' || c >= 0x7f;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /// The same last part in another folder, else the least different last part, if it is near.
    private static Optional<String> nearest(String asked, BootIndex index) {
        String wanted = last(asked);
        String best = "";
        int least = Math.min(NEAR, wanted.length() / 2) + 1;
        int compared = 0;
        for (String name : index.names()) {
            if (compared++ == MAX_COMPARED) break;
            int distance = distance(wanted, last(name), least);
            if (distance < least) {
                least = distance;
                best = name;
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    private static String last(String name) {
        return name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    }

    /// Levenshtein's distance, or `limit` when it is not less.
    private static int distance(String a, String b, int limit) {
        if (Math.abs(a.length() - b.length()) >= limit) return limit;
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) row[j] = j;
        for (int i = 1; i <= a.length(); i++) {
            int corner = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int swapped = corner + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                corner = row[j];
                row[j] = Math.min(swapped, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return Math.min(row[b.length()], limit);
    }
}
