package org.ekicho.mirror.repodata;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// A growing text of UTF-8 that knows how XML is escaped, with the same spellings as libxml2. Made once and cleared for
/// each package.
public final class XmlBuffer {
    private static final byte[] LESS = ascii("&lt;");
    private static final byte[] GREATER = ascii("&gt;");
    private static final byte[] AMPERSAND = ascii("&amp;");
    private static final byte[] QUOTE = ascii("&quot;");

    /// Where a text stands: which characters are not written as they are. All of them are below 64.
    private enum Place {
        TEXT(1L << '<' | 1L << '>' | 1L << '&' | 1L << '\r'),
        ATTRIBUTE(TEXT.escaped | 1L << '"' | 1L << '\n' | 1L << '\t');

        /// One bit for each.
        private final long escaped;

        Place(long escaped) {
            this.escaped = escaped;
        }

        boolean escapes(char c) {
            return c < 64 && (escaped >>> c & 1) != 0;
        }
    }

    private byte[] bytes;
    private int length;

    /// @param capacity bytes to begin with
    public XmlBuffer(int capacity) {
        bytes = new byte[Math.max(64, capacity)];
    }

    /// Bytes written since it was cleared.
    public int length() {
        return length;
    }

    /// Forgets what was written; keeps the room.
    public void clear() {
        length = 0;
    }

    /// What was written, without a copy; valid until the next call.
    public ByteBuffer view() {
        return ByteBuffer.wrap(bytes, 0, length);
    }

    /// A copy of what was written.
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /// Appends ASCII as it is.
    XmlBuffer raw(byte[] ascii) {
        byte[] room = room(ascii.length);
        System.arraycopy(ascii, 0, room, length, ascii.length);
        length += ascii.length;
        return this;
    }

    /// Appends a number.
    XmlBuffer number(long value) {
        return escaped(Long.toString(value), Place.TEXT);
    }

    /// Appends the text of an element.
    XmlBuffer text(String text) {
        return escaped(text, Place.TEXT);
    }

    /// Appends the text of an attribute; what is not ASCII as `&#xED;`.
    XmlBuffer attribute(String text) {
        return escaped(text, Place.ATTRIBUTE);
    }

    /// The bytes of constant words.
    static byte[] ascii(String words) {
        return words.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private XmlBuffer escaped(String text, Place place) {
        int count = text.length();
        byte[] out = room(count);
        int at = length;
        for (int i = 0; i < count; i++) {
            char c = text.charAt(i);
            if (c >= 128 || place.escapes(c)) {
                length = at;
                return slowly(text, i, place);
            }
            out[at++] = (byte) c;
        }
        length = at;
        return this;
    }

    private XmlBuffer slowly(String text, int from, Place place) {
        int count = text.length();
        for (int i = from; i < count; i++) {
            char c = text.charAt(i);
            if (c < 128) {
                if (place.escapes(c)) {
                    raw(entity(c));
                } else {
                    room(1)[length++] = (byte) c;
                }
            } else {
                int point = text.codePointAt(i);
                if (Character.isSupplementaryCodePoint(point)) i++;
                if (place == Place.ATTRIBUTE) {
                    raw(ascii("&#x" + Integer.toHexString(point).toUpperCase(Locale.ROOT) + ";"));
                } else {
                    utf8(point);
                }
            }
        }
        return this;
    }

    private static byte[] entity(char c) {
        return switch (c) {
            case '<' -> LESS;
            case '>' -> GREATER;
            case '&' -> AMPERSAND;
            case '"' -> QUOTE;
            default -> ascii("&#" + (int) c + ";");
        };
    }

    private void utf8(int point) {
        byte[] out = room(4);
        if (point < 0x800) {
            out[length++] = (byte) (0xc0 | point >> 6);
        } else if (point < 0x10000) {
            out[length++] = (byte) (0xe0 | point >> 12);
            out[length++] = (byte) (0x80 | (point >> 6 & 63));
        } else {
            out[length++] = (byte) (0xf0 | point >> 18);
            out[length++] = (byte) (0x80 | (point >> 12 & 63));
            out[length++] = (byte) (0x80 | (point >> 6 & 63));
        }
        out[length++] = (byte) (0x80 | (point & 63));
    }

    private byte[] room(int more) {
        if (more > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), (int)
                    Math.min(2L * bytes.length, Integer.MAX_VALUE - 8)));
        }
        return bytes;
    }
}
