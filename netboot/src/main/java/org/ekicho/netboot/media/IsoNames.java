package org.ekicho.netboot.media;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// ISO9660 identifiers of one folder: capitals, digits and `_`, 8.3, so that a loader of 1998 finds them too
/// (ECMA-119 §10.1). The real names are beside them (Rock Ridge).
final class IsoNames {
    private static final String ALLOWED = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    /// Files of one folder whose names begin alike; a medium has a handful.
    private static final int MAX_ALIKE = 9_999;

    private final Set<String> taken = new HashSet<>();

    String folder(String name) {
        return distinct(kept(name), "");
    }

    String file(String name) {
        int dot = name.lastIndexOf('.');
        String stem = kept(dot <= 0 ? name : name.substring(0, dot));
        String extension = dot <= 0 ? "" : kept(name.substring(dot + 1));
        return distinct(stem, "." + extension.substring(0, Math.min(3, extension.length()))) + ";1";
    }

    private String distinct(String stem, String end) {
        String shortened = stem.substring(0, Math.min(8, stem.length())) + end;
        for (int number = 1; number <= MAX_ALIKE; number++) {
            if (taken.add(shortened)) return shortened;
            String tail = "_" + number;
            shortened = stem.substring(0, Math.min(8 - tail.length(), stem.length())) + tail + end;
        }
        throw new IllegalArgumentException("too many names like " + stem + " in one folder");
    }

    private static String kept(String text) {
        StringBuilder kept = new StringBuilder();
        String capitals = text.toUpperCase(Locale.ROOT);
        for (int i = 0; i < capitals.length(); i++) {
            char c = capitals.charAt(i);
            kept.append(ALLOWED.indexOf(c) >= 0 ? c : '_');
        }
        return kept.toString();
    }
}
