package org.ekicho.mirror.report;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// Reads lines of access logs in combined format, as Ekicho, nginx and Apache write them:
///
/// ```text
/// ADDRESS IDENT USER [27/Nov/2026:04:51:27 +0000] "GET /path?query HTTP/1.1" 200 3106 "REFERER" "AGENT"
/// ```
///
/// Strict: a line that is not of this form in each part is none, as a guess would put numbers into a report that
/// nobody counted. Escapes in quotes are `\xHH` and `\` before a character.
public final class LogLineParser {
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");
    /// `27/Nov/2026:04:51:27 +0000`.
    private static final int STAMP_LENGTH = 26;

    private final String line;
    private int at;
    private boolean broken;

    private LogLineParser(String line) {
        this.line = line;
    }

    /// Empty when it is no such line.
    ///
    /// @param line without its end
    public static Optional<LogLine> parse(String line) {
        return new LogLineParser(line).parse();
    }

    private Optional<LogLine> parse() {
        String client = word();
        word();
        word();
        Optional<Instant> when = stamp();
        String request = quoted();
        skip(' ');
        long status = number();
        skip(' ');
        long bytes = line.startsWith("-", at) ? dash() : number();
        skip(' ');
        quoted();
        skip(' ');
        String agent = quoted();
        if (broken || at != line.length() || when.isEmpty() || client.isEmpty() || status < 100 || status > 999) {
            return Optional.empty();
        }
        int first = request.indexOf(' ');
        int last = request.lastIndexOf(' ');
        boolean whole = first > 0 && last > first && request.startsWith("HTTP/", last + 1);
        String target = whole ? request.substring(first + 1, last) : "";
        int question = target.indexOf('?');
        return Optional.of(new LogLine(
                client,
                when.get(),
                whole ? request.substring(0, first) : "",
                question < 0 ? target : target.substring(0, question),
                (int) status,
                bytes,
                agent.equals("-") ? "" : agent));
    }

    /// Up to the next space, which is skipped.
    private String word() {
        int space = line.indexOf(' ', at);
        if (space <= at) {
            broken = true;
            return "";
        }
        String word = line.substring(at, space);
        at = space + 1;
        broken |= !word.chars().allMatch(c -> c > ' ' && c <= '~');
        return word;
    }

    private void skip(char c) {
        if (at < line.length() && line.charAt(at) == c) {
            at++;
        } else {
            broken = true;
        }
    }

    private long dash() {
        at++;
        return 0;
    }

    private long number() {
        int from = at;
        while (at < line.length() && line.charAt(at) >= '0' && line.charAt(at) <= '9') {
            at++;
        }
        if (at == from || at - from > 18) {
            broken = true;
            return 0;
        }
        return Long.parseLong(line, from, at, 10);
    }

    private Optional<Instant> stamp() {
        skip('[');
        int from = at;
        if (broken || line.length() < from + STAMP_LENGTH + 2) {
            broken = true;
            return Optional.empty();
        }
        String text = line.substring(from, from + STAMP_LENGTH);
        at = from + STAMP_LENGTH;
        skip(']');
        skip(' ');
        if (!text.matches("[0-9]{2}/[A-Z][a-z]{2}/[0-9]{4}:[0-9]{2}:[0-9]{2}:[0-9]{2} [+-][0-9]{4}")) {
            broken = true;
            return Optional.empty();
        }
        int month = MONTHS.indexOf(text.substring(3, 6)) + 1;
        try {
            return Optional.of(LocalDateTime.of(
                            digits(text, 7, 11),
                            month,
                            digits(text, 0, 2),
                            digits(text, 12, 14),
                            digits(text, 15, 17),
                            digits(text, 18, 20))
                    .toInstant(ZoneOffset.of(text.substring(21))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int digits(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    private String quoted() {
        skip('"');
        StringBuilder text = new StringBuilder();
        while (at < line.length() && line.charAt(at) != '"') {
            char c = line.charAt(at++);
            text.append(c == '\\' ? escaped() : c);
        }
        skip('"');
        return text.toString();
    }

    private char escaped() {
        if (at == line.length()) {
            broken = true;
            return ' ';
        }
        char kind = line.charAt(at++);
        return switch (kind) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'v' -> '\u000b';
            case 'x' -> hex();
            default -> kind;
        };
    }

    private char hex() {
        int high = at < line.length() ? hexDigit(line.charAt(at)) : -1;
        int low = at + 1 < line.length() ? hexDigit(line.charAt(at + 1)) : -1;
        at = Math.min(at + 2, line.length());
        if (high < 0 || low < 0) {
            broken = true;
            return ' ';
        }
        return (char) (high << 4 | low);
    }

    private static int hexDigit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }
}
