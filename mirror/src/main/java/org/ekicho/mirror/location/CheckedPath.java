package org.ekicho.mirror.location;

import java.nio.charset.StandardCharsets;

/// A path that is plain by the rule of [Locations]: relative, with `/`, without `.`, `..`, empty parts, backslashes or
/// invisible letters, in its raw and in its `%`-decoded form.
///
/// @param text the path, as it lies on disk
public record CheckedPath(String text) implements Comparable<CheckedPath> {
    /// Letters that stand for themselves in the path of an address (RFC 3986 §3.3), the slash included. `+` is written
    /// `%2B`: some object stores read it as a blank.
    private static final String PLAIN_IN_URL = "-._~!$&'()*,;=:@/";

    public CheckedPath {
        if (!Locations.isPlain(text)) {
            throw new IllegalArgumentException("no plain path: " + text);
        }
    }

    /// The last part.
    public String fileName() {
        return text.substring(text.lastIndexOf('/') + 1);
    }

    /// The path as it is written in an address: what is not plain there is `%`-encoded. A `%` followed by two
    /// hexadecimal digits is taken as encoded already, as dnf and yum do.
    public String toUrlPath() {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        StringBuilder url = new StringBuilder(utf8.length + 16);
        for (int i = 0; i < utf8.length; i++) {
            int c = utf8[i] & 0xff;
            boolean alphanumeric = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            boolean encodedAlready = c == '%'
                    && i + 2 < utf8.length
                    && Character.digit(utf8[i + 1], 16) >= 0
                    && Character.digit(utf8[i + 2], 16) >= 0;
            if (alphanumeric || encodedAlready || PLAIN_IN_URL.indexOf(c) >= 0) {
                url.append((char) c);
            } else {
                url.append('%');
                url.append(Character.toUpperCase(Character.forDigit(c >> 4, 16)));
                url.append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return url.toString();
    }

    @Override
    public int compareTo(CheckedPath other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
