package org.ekicho.netboot.trace.way;

import java.nio.charset.StandardCharsets;

/// Any text as a book of ways: what is read is written so that it is read again the same, within the limits.
public final class WayBookFuzz {
    private WayBookFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        WayBookCodec.Parsed parsed = WayBookCodec.parse(new String(data, StandardCharsets.UTF_8));
        String text = WayBookCodec.format(parsed.book());
        WayBookCodec.Parsed again = WayBookCodec.parse(text);
        if (!again.problems().isEmpty()) {
            throw new IllegalStateException("written so that it cannot be read: " + again.problems());
        }
        if (!WayBookCodec.format(again.book()).equals(text)) {
            throw new IllegalStateException("written otherwise than read:\n" + text);
        }
    }
}
