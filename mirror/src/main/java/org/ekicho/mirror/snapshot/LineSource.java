package org.ekicho.mirror.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.ekicho.mirror.location.Locations;

/// Lines of ASCII text, each ended by a line feed, counted; what is longer than any line of ours, or no ASCII, or not
/// ended is a [ManifestException] with its place.
final class LineSource {
    /// A path of [Locations#MAX_PATH_BYTES] bytes, every one escaped, and the other fields.
    static final int MAX_LINE = 3 * Locations.MAX_PATH_BYTES + 200;

    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;
    private int line;

    LineSource(InputStream in) {
        this.in = in;
    }

    /// The number of the line that was read last, from 1.
    int line() {
        return line;
    }

    /// The next line without its end; empty at the end of the text.
    Optional<String> next() throws IOException {
        StringBuilder text = new StringBuilder(160);
        line++;
        while (true) {
            if (at == end) {
                at = 0;
                end = Math.max(0, in.read(buffer));
                if (end == 0) {
                    if (text.isEmpty()) {
                        return Optional.empty();
                    }
                    throw new ManifestException(line, text.length() + 1, "the text is cut off");
                }
            }
            byte b = buffer[at++];
            if (b == '\n') {
                return Optional.of(text.toString());
            }
            if ((b < ' ' && b != '\t') || b == 0x7f) {
                throw new ManifestException(line, text.length() + 1, "a byte that does not belong here");
            }
            if (text.length() == MAX_LINE) {
                throw new ManifestException(line, MAX_LINE, "the line is longer than " + MAX_LINE + " characters");
            }
            text.append((char) b);
        }
    }

    /// The value of the line `KEY VALUE` that must come now.
    String value(String key) throws IOException {
        String text = next().orElseThrow(() -> problem(1, "the text ends where \"" + key + "\" is expected"));
        if (!text.startsWith(key + " ")) {
            throw problem(1, "\"" + key + " …\" is expected");
        }
        return text.substring(key.length() + 1);
    }

    /// The same, and the value is escaped text.
    String text(String key) throws IOException {
        return Escapes.parse(value(key))
                .orElseThrow(() -> problem(key.length() + 2, "it is not escaped as it should be"));
    }

    /// The same, and the value is a whole number of at least 0.
    long number(String key) throws IOException {
        return number(value(key), key.length() + 2);
    }

    long number(String digits, int column) throws ManifestException {
        if (!digits.matches("0|[1-9][0-9]{0,17}")) {
            throw problem(column, "a whole number is expected");
        }
        return Long.parseLong(digits);
    }

    /// Nothing may come now.
    void nothingMore() throws IOException {
        if (next().isPresent()) {
            throw problem(1, "something follows the end");
        }
    }

    ManifestException problem(int column, String what) {
        return new ManifestException(line, column, what);
    }
}
