package org.ekicho.web.path;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.ekicho.web.WebReason;

/// What stands after the method in a request line, taken apart once. A path that is `Plain` can be appended to a
/// folder:
/// its parts are neither empty nor dots nor hidden, and hold no slash, backslash or control character, raw or
/// encoded. That links do not lead elsewhere is the file system's to say.
public sealed interface RequestPath {
    /// Longest target in bytes; the longest locations in metadata have some 300.
    int MAX_LENGTH = 4_096;
    /// Longest name that Linux file systems take, in bytes.
    int MAX_PART = 255;
    /// Hidden names that install trees really have.
    Set<String> SHOWN = Set.of(".treeinfo", ".discinfo", ".composeinfo");

    /// A good path.
    ///
    /// @param path  decoded, begins with a slash; ends with one when a folder was asked for
    /// @param query what stands after `?`, as sent; empty when there is none
    record Plain(String path, String query) implements RequestPath {
        /// Whether a folder was asked for.
        public boolean isFolder() {
            return path.endsWith("/");
        }

        /// Its parts.
        public String[] parts() {
            String inner = path.substring(1, path.length() - (isFolder() && path.length() > 1 ? 1 : 0));
            return inner.isEmpty() ? new String[0] : inner.split("/", -1);
        }

        /// The value of a word in the query; empty when it is not there.
        public String ask(String name) {
            for (String pair : query.split("&", -1)) {
                if (pair.startsWith(name + "=")) {
                    return pair.substring(name.length() + 1);
                }
            }
            return "";
        }
    }

    /// A trick or a mistake.
    record Refused(WebReason reason) implements RequestPath {}

    /// @param target as in the request line: `/path?query`, or `http://host/path?query` as sent to proxies
    static RequestPath parse(String target) {
        if (target.length() > MAX_LENGTH) {
            return new Refused(WebReason.TOO_LONG);
        }
        String origin = withoutServer(target);
        if (origin.isEmpty() || origin.charAt(0) != '/') {
            return new Refused(WebReason.NO_PATH);
        }
        int question = origin.indexOf('?');
        String raw = question < 0 ? origin : origin.substring(0, question);
        String query = question < 0 ? "" : origin.substring(question + 1);
        if (raw.indexOf('#') >= 0) {
            return new Refused(WebReason.NO_PATH);
        }
        return switch (Escapes.decode(raw)) {
            case Escapes.Bad(WebReason reason) -> new Refused(reason);
            case Escapes.Text(String path) -> checked(path, query);
        };
    }

    private static boolean isTooLong(String path, int from, int to) {
        // A character has three bytes at most.
        return to - from > MAX_PART / 3 && path.substring(from, to).getBytes(StandardCharsets.UTF_8).length > MAX_PART;
    }

    private static String withoutServer(String target) {
        int scheme = target.startsWith("http://") ? 7 : target.startsWith("https://") ? 8 : 0;
        if (scheme == 0) {
            return target;
        }
        int slash = target.indexOf('/', scheme);
        return slash < 0 ? "/" : target.substring(slash);
    }

    private static RequestPath checked(String path, String query) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c < ' ' || c == 0x7f) {
                return new Refused(WebReason.CONTROL_CHARACTER);
            }
            if (c == '\\') {
                return new Refused(WebReason.BACKSLASH);
            }
        }
        int from = 1;
        while (from < path.length()) {
            int slash = path.indexOf('/', from);
            int to = slash < 0 ? path.length() : slash;
            if (to == from) {
                return new Refused(WebReason.EMPTY_PART);
            }
            if (path.charAt(from) == '.') {
                String part = path.substring(from, to);
                if (part.equals(".") || part.equals("..")) {
                    return new Refused(WebReason.DOTS);
                }
                if (!SHOWN.contains(part)) {
                    return new Refused(WebReason.HIDDEN);
                }
            }
            if (isTooLong(path, from, to)) {
                return new Refused(WebReason.TOO_LONG);
            }
            from = to + 1;
        }
        return new Plain(path, query);
    }

    /// Percent escapes (RFC 3986 §2.1).
    final class Escapes {
        private Escapes() {}

        sealed interface Decoded {}

        record Text(String text) implements Decoded {}

        record Bad(WebReason reason) implements Decoded {}

        static Decoded decode(String raw) {
            if (isAscii(raw) && raw.indexOf('%') < 0) {
                return new Text(raw);
            }
            byte[] bytes = new byte[raw.length()];
            int length = 0;
            for (int i = 0; i < raw.length(); i++) {
                char c = raw.charAt(i);
                if (c == '%') {
                    int value = hex(raw, i + 1) << 4 | hex(raw, i + 2);
                    if (value < 0) {
                        return new Bad(WebReason.BAD_ESCAPE);
                    }
                    if (value == '/') {
                        return new Bad(WebReason.ENCODED_SLASH);
                    }
                    bytes[length++] = (byte) value;
                    i += 2;
                } else if (c > 0xff) {
                    return new Bad(WebReason.BAD_ESCAPE);
                } else {
                    bytes[length++] = (byte) c;
                }
            }
            try {
                return new Text(StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes, 0, length))
                        .toString());
            } catch (CharacterCodingException e) {
                return new Bad(WebReason.BAD_ESCAPE);
            }
        }

        /// -1 for what is no hexadecimal digit of ASCII, or beyond the end.
        private static int hex(String text, int at) {
            char c = at < text.length() ? text.charAt(at) : 0;
            return c < 0x80 ? Character.digit(c, 16) : -1;
        }

        private static boolean isAscii(String text) {
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) > 0x7e) {
                    return false;
                }
            }
            return true;
        }
    }
}
