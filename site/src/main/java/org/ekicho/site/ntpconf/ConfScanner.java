package org.ekicho.site.ntpconf;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.ekicho.site.diagnostic.Diagnostic;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.site.diagnostic.Position;

/// Cuts an ntp.conf into lines of words as classic ntpd's scanner does: a command ends with its line; `#` begins a
/// comment anywhere outside of quotes, inside a word too; quotes make one word; a keyword that takes a name, a path or
/// a list of addresses makes the word (or words) behind it plain text, so that a host may be called `key`.
final class ConfScanner {
    /// Longer than any path that Linux takes (PATH_MAX) in a line with a few options.
    private static final int MAX_LINE = 8192;

    private static final String SYMBOLS = "{}(),;|=";

    private static final Set<String> BEFORE_STRING = Set.of(
            "broadcast",
            "driftfile",
            "fudge",
            "includefile",
            "leapfile",
            "logfile",
            "manycastclient",
            "peer",
            "pidfile",
            "pool",
            "server",
            "setvar",
            "statsdir",
            "trap",
            "unconfig",
            "unpeer",
            "keys",
            "keysdir",
            "ntpsigndsocket",
            "host",
            "ident",
            "pw",
            "randfile",
            "digest",
            "file",
            "basedate",
            "abbrev",
            "refid",
            "saveconfigdir",
            "device",
            "timedata",
            "ppsdata");

    private static final Set<String> BEFORE_STRINGS = Set.of("logconfig", "manycastserver", "multicastclient", "phone");

    /// What the word before makes of the next one.
    private enum Follow {
        TOKEN,
        STRING,
        STRINGS
    }

    private final String source;
    private final Diagnostics problems;

    ConfScanner(String source, Diagnostics problems) {
        this.source = source;
        this.problems = problems;
    }

    /// The lines that hold a command, in order.
    List<ConfLine> scan(String text) {
        List<ConfLine> lines = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            if (line.length() > MAX_LINE) {
                problems.add(Diagnostic.error(
                        new Position(source, number, 1),
                        "line of " + line.length() + " characters; the limit is " + MAX_LINE));
                continue;
            }
            List<Word> words = words(line, number);
            if (!words.isEmpty()) {
                lines.add(new ConfLine(words));
            }
        }
        return lines;
    }

    private List<Word> words(String line, int number) {
        List<Word> words = new ArrayList<>();
        Follow follow = Follow.TOKEN;
        int i = 0;
        while (i < line.length() && line.charAt(i) != '#') {
            char c = line.charAt(i);
            Position at = new Position(source, number, i + 1);
            if (isBlank(c)) {
                i++;
            } else if (follow == Follow.TOKEN && SYMBOLS.indexOf(c) >= 0) {
                words.add(new Word(String.valueOf(c), at, Word.Form.SYMBOL));
                i++;
            } else {
                int end = endOfWord(line, i, follow);
                String text = line.substring(i, end);
                Word.Form form = follow == Follow.TOKEN ? Word.Form.PLAIN : Word.Form.STRING;
                if (end < line.length() && line.charAt(end) == '"') {
                    int close = line.indexOf('"', end + 1);
                    if (close < 0) {
                        problems.add(Diagnostic.warning(
                                at, "the quote is not closed; the text up to the end of the line is taken"));
                    }
                    text += line.substring(
                            end + 1, close < 0 ? line.stripTrailing().length() : close);
                    end = close < 0 ? line.length() : close + 1;
                    form = Word.Form.STRING;
                }
                i = end;
                boolean family = form == Word.Form.STRING && (text.equals("-4") || text.equals("-6"));
                words.add(new Word(text, at, family ? Word.Form.PLAIN : form));
                follow = family ? follow : next(follow, words.getLast());
            }
        }
        return words;
    }

    /// Where a word ends: at a blank, a quote, a comment, and at a symbol where symbols count.
    private static int endOfWord(String line, int start, Follow follow) {
        int i = start;
        while (i < line.length()) {
            char c = line.charAt(i);
            if (isBlank(c) || c == '"' || c == '#' || (follow == Follow.TOKEN && SYMBOLS.indexOf(c) >= 0)) {
                break;
            }
            i++;
        }
        return i;
    }

    private static Follow next(Follow before, Word word) {
        if (before == Follow.STRINGS) {
            return Follow.STRINGS;
        }
        if (word.form() != Word.Form.PLAIN) {
            return Follow.TOKEN;
        }
        return BEFORE_STRINGS.contains(word.text())
                ? Follow.STRINGS
                : BEFORE_STRING.contains(word.text()) ? Follow.STRING : Follow.TOKEN;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
