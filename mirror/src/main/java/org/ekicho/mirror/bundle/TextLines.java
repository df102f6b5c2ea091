package org.ekicho.mirror.bundle;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.StringJoiner;
import java.util.function.Consumer;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Refusal;
import org.ekicho.mirror.RefusedException;

/// Reads lines of the form `keyword field field text`, each ended by a line feed, in UTF-8, one after the other.
final class TextLines {
    /// A path of 4,096 bytes and the fields before it.
    private static final int MAX_LINE_BYTES = 8_192;

    private final byte[] bytes;
    private int position;
    private int number;
    private String rest = "";

    TextLines(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Goes to the next line, which must begin with this keyword and a blank, or be the keyword alone.
    void next(String keyword) throws RefusedException {
        number++;
        int end = position;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        if (end == bytes.length) {
            throw refuse("the text ends before the line \"" + keyword + "\"");
        }
        if (end - position > MAX_LINE_BYTES) {
            throw refuse("the line is longer than " + MAX_LINE_BYTES + " bytes");
        }
        String line = decode(position, end - position);
        position = end + 1;
        if (line.equals(keyword)) {
            rest = "";
        } else if (line.startsWith(keyword + " ")) {
            rest = line.substring(keyword.length() + 1);
        } else {
            throw refuse("expected \"" + keyword + "\", found " + Refusal.quote(line));
        }
    }

    /// Nothing may follow.
    void end() throws RefusedException {
        if (position != bytes.length) {
            number++;
            throw refuse("something follows the end");
        }
    }

    /// The next field, up to a blank or the end of the line.
    String field() throws RefusedException {
        int blank = rest.indexOf(' ');
        String field = blank < 0 ? rest : rest.substring(0, blank);
        rest = blank < 0 ? "" : rest.substring(blank + 1);
        if (field.isEmpty()) {
            throw refuse("a field is missing");
        }
        return field;
    }

    /// All that is left of the line.
    String text() {
        String text = rest;
        rest = "";
        return text;
    }

    long number(long max) throws RefusedException {
        String field = field();
        if (field.length() > 19 || !field.matches("0|[1-9][0-9]*")) {
            throw refuse("no number: " + Refusal.quote(field));
        }
        try {
            long value = Long.parseLong(field);
            if (value > max) {
                throw new RefusedException(
                        new Refusal(MirrorReason.TOO_LARGE, "the number " + value + " is more than " + max, number, 0));
            }
            return value;
        } catch (NumberFormatException e) {
            throw refuse("no number: " + Refusal.quote(field));
        }
    }

    /// How many lines follow: never more than the text has room for, so that a lie costs nothing.
    int count(int max) throws RefusedException {
        return (int) number(Math.min(max, bytes.length - position));
    }

    /// Lower-case hexadecimal digits.
    String hex(int digits) throws RefusedException {
        String field = field();
        if (field.length() != digits || !field.chars().allMatch(c -> Character.digit(c, 16) >= 0 && !isUpper(c))) {
            throw refuse("no " + digits + " hexadecimal digits: " + Refusal.quote(field));
        }
        return field;
    }

    Instant time() throws RefusedException {
        String field = field();
        try {
            return Instant.parse(field);
        } catch (DateTimeException e) {
            throw refuse("no time: " + Refusal.quote(field));
        }
    }

    /// The line that is being read breaks the format.
    RefusedException refuse(String detail) {
        return refuse(MirrorReason.MALFORMED, detail);
    }

    RefusedException refuse(MirrorReason reason, String detail) {
        return new RefusedException(new Refusal(reason, detail, number, 0));
    }

    private static boolean isUpper(int c) {
        return c > '9' && c < 'a';
    }

    private String decode(int from, int length) throws RefusedException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refuse("the line is not UTF-8");
        }
    }

    /// The other direction.
    static final class Writer {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final Consumer<byte[]> sink;

        /// Keeps what it writes.
        Writer() {
            sink = out::writeBytes;
        }

        /// Hands each line on and keeps nothing.
        Writer(Consumer<byte[]> sink) {
            this.sink = sink;
        }

        /// A line of these fields.
        Writer line(Object... fields) {
            StringJoiner line = new StringJoiner(" ", "", "\n");
            for (Object field : fields) {
                line.add(field.toString());
            }
            sink.accept(line.toString().getBytes(StandardCharsets.UTF_8));
            return this;
        }

        /// What was written, unless it was handed on.
        byte[] bytes() {
            return out.toByteArray();
        }
    }

    /// Text for the end of a line: control characters become blanks, and what is very long is cut.
    static String clean(String text) {
        StringBuilder clean = new StringBuilder();
        text.codePoints().limit(1_000).forEach(c -> {
            int type = Character.getType(c);
            boolean bad = type == Character.CONTROL || type == Character.SURROGATE;
            clean.appendCodePoint(bad ? ' ' : c);
        });
        return clean.toString();
    }
}
