package org.ekicho.site.repofile;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.ekicho.site.diagnostic.Position;

/// What one key of a section says.
///
/// @param key  in lower case
/// @param text its value; continuation lines follow a newline each
/// @param at   where the key stands
record RepoValue(String key, String text, Position at) {
    private static final Pattern BETWEEN = Pattern.compile("[\\s,]+");

    /// The items of a list, which blanks, commas and line breaks separate.
    List<String> items() {
        return Arrays.stream(BETWEEN.split(text, -1)).filter(i -> !i.isEmpty()).toList();
    }

    RepoValue and(String continuation) {
        return new RepoValue(key, text + "\n" + continuation, at);
    }

    @Override
    public String toString() {
        return at + ": " + key;
    }
}
