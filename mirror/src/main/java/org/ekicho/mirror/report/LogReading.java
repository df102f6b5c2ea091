package org.ekicho.mirror.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Splits a log of any size into lines, with memory for one line.
public final class LogReading {
    /// Longer lines are no lines of an access log; they are handed over cut, and then are none.
    static final int MAX_LINE = 100_000;
    private static final int BUFFER = 65_536;

    private LogReading() {}

    /// Hands each line to `lines`, without its end. A last line without an end is left: it is being written.
    public static void read(InputStream in, Consumer<String> lines) throws IOException {
        byte[] buffer = new byte[BUFFER];
        byte[] line = new byte[MAX_LINE];
        int length = 0;
        for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
            for (int i = 0; i < count; i++) {
                if (buffer[i] == '\n') {
                    int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
                    lines.accept(new String(line, 0, end, StandardCharsets.ISO_8859_1));
                    length = 0;
                } else if (length < MAX_LINE) {
                    line[length++] = buffer[i];
                }
            }
        }
    }
}
