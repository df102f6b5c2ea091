package org.ekicho.site.repofile;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One line of a `.repo` file, exactly as it stands.
///
/// @param number 1 and up
/// @param text   without its line break
/// @param ending `\n`, `\r\n`, or nothing at the end of the file
/// @param form   what it is
public record RepoLine(int number, String text, String ending, Form form) {
    /// `#baseurl=…`, also with blanks and several signs: an admin's switched-off setting, not prose.
    private static final Pattern COMMENTED = Pattern.compile("[#;]+[ \\t]*([A-Za-z][A-Za-z0-9_-]*)[ \\t]*=(.*)");

    /// What a line is, by its first character as libdnf and Python's ConfigParser see it.
    public sealed interface Form {
        /// Nothing but blanks.
        record Blank() implements Form {}

        /// Begins with `#` or `;`.
        record Comment() implements Form {}

        /// A comment that is a setting but for its sign.
        record Commented(String key, String value) implements Form {}

        /// `[id]`.
        ///
        /// @param behind what follows the bracket
        record Header(String id, String behind) implements Form {}

        /// `key=value`; the key as written.
        record Setting(String key, String value) implements Form {}

        /// Begins with a blank: more of the value above.
        record Continuation(String value) implements Form {}

        /// None of these.
        record Unclear() implements Form {}
    }

    static RepoLine of(int number, String text, String ending) {
        return new RepoLine(number, text, ending, form(text));
    }

    private static Form form(String text) {
        if (text.isBlank()) {
            return new Form.Blank();
        }
        char first = text.charAt(0);
        if (first == '#' || first == ';') {
            Matcher commented = COMMENTED.matcher(text);
            return commented.matches()
                    ? new Form.Commented(commented.group(1), commented.group(2).strip())
                    : new Form.Comment();
        }
        if (first == '[') {
            int end = text.indexOf(']');
            return end < 0
                    ? new Form.Unclear()
                    : new Form.Header(
                            text.substring(1, end), text.substring(end + 1).strip());
        }
        if (Character.isWhitespace(first)) {
            return new Form.Continuation(text.strip());
        }
        int equals = text.indexOf('=');
        return equals <= 0
                ? new Form.Unclear()
                : new Form.Setting(
                        text.substring(0, equals).strip(),
                        text.substring(equals + 1).strip());
    }

    /// The line with its break.
    public String whole() {
        return text + ending;
    }

    /// The key that is set here, in lower case.
    public Optional<String> key() {
        return form instanceof Form.Setting(String key, String _)
                ? Optional.of(key.toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    /// The key that would be set but for the comment sign, in lower case.
    public Optional<String> commentedKey() {
        return form instanceof Form.Commented(String key, String _)
                ? Optional.of(key.toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    /// The place only: any line may hold a password.
    @Override
    public String toString() {
        return "line " + number + ", " + form.getClass().getSimpleName();
    }
}
