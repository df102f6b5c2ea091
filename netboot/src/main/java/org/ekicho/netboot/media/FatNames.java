package org.ekicho.netboot.media;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Names in one folder of a FAT file system: each gets a short one (8.3, capitals), and where that is not the
/// name itself, a long one in the entries before it (Microsoft FAT specification 1.03, "FAT Long Directory
/// Entries").
final class FatNames {
    /// Bytes of a directory entry.
    static final int ENTRY = 32;
    /// UTF-16 units of a long name in one entry.
    private static final int UNITS = 13;
    /// Where the units lie in an entry.
    private static final int[] PLACES = {1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30};

    private static final String ALLOWED = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789$%'-_@~`!(){}^#&";
    /// Files of one folder whose names begin alike; a medium has a handful.
    private static final int MAX_ALIKE = 9_999;

    /// A folder's entry for itself.
    static final byte[] DOT = ".          ".getBytes(StandardCharsets.US_ASCII);
    /// A folder's entry for the one above.
    static final byte[] DOT_DOT = "..         ".getBytes(StandardCharsets.US_ASCII);

    private final Set<String> taken = new HashSet<>();

    /// The 11 bytes of the short name for a name; no two calls of one folder give the same.
    byte[] shortName(String name) {
        String capitals = name.toUpperCase(Locale.ROOT);
        int dot = capitals.lastIndexOf('.');
        String stem = kept(dot <= 0 ? capitals : capitals.substring(0, dot));
        String extension = dot <= 0 ? "" : kept(capitals.substring(dot + 1));
        String end = cut(extension, 3);
        if (stem.length() <= 8
                && extension.length() <= 3
                && rejoined(stem, extension).equals(capitals)) {
            if (taken.add(rejoined(stem, end))) return bytes(stem, end);
        }
        for (int number = 1; number <= MAX_ALIKE; number++) {
            String tail = "~" + number;
            String candidate = cut(stem, 8 - tail.length()) + tail;
            if (taken.add(rejoined(candidate, end))) return bytes(candidate, end);
        }
        throw new IllegalArgumentException("too many names like " + name + " in one folder");
    }

    /// How many long entries a name has at most.
    static int most(String name) {
        return (name.length() + UNITS - 1) / UNITS;
    }

    /// The entries that carry a long name, in the order on disk; none when the short one says it all.
    static List<byte[]> longEntries(String name, byte[] shortName) {
        if (shown(shortName).equals(name)) return List.of();
        int count = most(name);
        List<byte[]> entries = new ArrayList<>();
        for (int order = count; order >= 1; order--) {
            byte[] entry = new byte[ENTRY];
            entry[0] = (byte) (order == count ? order | 0x40 : order);
            entry[11] = 0x0f;
            entry[13] = checksum(shortName);
            for (int i = 0; i < UNITS; i++) {
                int at = (order - 1) * UNITS + i;
                int unit = at < name.length() ? name.charAt(at) : at == name.length() ? 0 : 0xffff;
                entry[PLACES[i]] = (byte) unit;
                entry[PLACES[i] + 1] = (byte) (unit >>> 8);
            }
            entries.add(entry);
        }
        return entries;
    }

    private static byte checksum(byte[] shortName) {
        int sum = 0;
        for (byte each : shortName) {
            sum = ((sum & 1) << 7 | sum >>> 1) + (each & 0xff) & 0xff;
        }
        return (byte) sum;
    }

    private static String shown(byte[] shortName) {
        String all = new String(shortName, StandardCharsets.US_ASCII);
        return rejoined(all.substring(0, 8).strip(), all.substring(8).strip());
    }

    private static String rejoined(String stem, String extension) {
        return extension.isEmpty() ? stem : stem + "." + extension;
    }

    private static String kept(String text) {
        StringBuilder kept = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (ALLOWED.indexOf(c) >= 0) kept.append(c);
            else if (c != '.') kept.append('_');
        }
        return kept.toString();
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }

    private static byte[] bytes(String stem, String extension) {
        return String.format(Locale.ROOT, "%-8s%-3s", stem, extension).getBytes(StandardCharsets.US_ASCII);
    }
}
