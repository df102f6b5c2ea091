package org.ekicho.site.adopt;

import java.util.Locale;
import java.util.regex.Pattern;

/// One line of a `.repo` file as adoption sees it. The shell script has the same patterns, so that both decide alike.
///
/// @param whole the line without its newline
/// @param text  the same without a carriage return at its end
/// @param end   the carriage return, if a line that is put behind this one needs one
record SourceLine(String whole, String text, String end) {
    private static final Pattern HEADER = Pattern.compile("^\\[[^]]*].*", Pattern.DOTALL);
    private static final Pattern BLANK = Pattern.compile("^[ \\t\\r\\f]*$");
    private static final Pattern COMMENTED_BASEURL =
            Pattern.compile("^[#;]+[ \\t]*baseurl[ \\t]*=[ \\t]*(http|https|ftp)://[^ \\t,].*", Pattern.DOTALL);

    static SourceLine of(String whole, boolean lastWithoutNewline) {
        boolean cr = whole.endsWith("\r");
        return new SourceLine(
                whole, cr ? whole.substring(0, whole.length() - 1) : whole, cr && !lastWithoutNewline ? "\r" : "");
    }

    boolean isHeader() {
        return HEADER.matcher(text).matches();
    }

    /// What stands in the brackets of a header.
    String id() {
        return text.substring(1, text.indexOf(']'));
    }

    boolean isBlank() {
        return BLANK.matcher(text).matches();
    }

    boolean isComment() {
        return text.startsWith("#") || text.startsWith(";");
    }

    boolean isCommentedBaseUrl() {
        return COMMENTED_BASEURL.matcher(text).matches();
    }

    boolean isContinuation() {
        return text.startsWith(" ") || text.startsWith("\t");
    }

    /// The key of a setting in lower case; empty for a line without one.
    String key() {
        int equals = text.indexOf('=');
        return equals < 1
                ? ""
                : text.substring(0, equals).replaceFirst("[ \\t]+\\z", "").toLowerCase(Locale.ROOT);
    }

    /// What follows the first equals sign.
    String value() {
        return text.substring(text.indexOf('=') + 1);
    }

    /// The first item of a list.
    static String first(String value) {
        return value.replaceAll("[ \\t,]+", " ").replaceFirst("^ ", "").replaceFirst("(?s) .*", "");
    }
}
