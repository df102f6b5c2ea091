package org.ekicho.mirror.snapshot;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Text as one field of a line: control characters, blanks, `%` and whatever is no ASCII become `%XX` of their UTF-8.
final class Escapes {
    private static final String DIGITS = "0123456789ABCDEF";

    private Escapes() {}

    static String format(String text) {
        StringBuilder out = new StringBuilder(text.length() + 8);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b != '%' && b != 0x7f) {
                out.append((char) b);
            } else {
                out.append('%').append(DIGITS.charAt((b >> 4) & 15)).append(DIGITS.charAt(b & 15));
            }
        }
        return out.toString();
    }

    /// The text again; empty when it is not exactly what [#format] makes, so that every text has one form only.
    static Optional<String> parse(String field) {
        if (field.indexOf('%') < 0) {
            return isPlain(field) ? Optional.of(field) : Optional.empty();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(field.length());
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == '%') {
                if (i + 2 >= field.length()) {
                    return Optional.empty();
                }
                int high = DIGITS.indexOf(field.charAt(i + 1));
                int low = DIGITS.indexOf(field.charAt(i + 2));
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                bytes.write((high << 4) | low);
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
            return format(text).equals(field) ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean isPlain(String field) {
        return field.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }
}
