package org.ekicho.site.toml;

import java.nio.charset.StandardCharsets;
import org.ekicho.site.Positions;
import org.ekicho.site.SiteReading;
import org.ekicho.site.StatedSurroundings;

/// Any bytes as a site file: never an exception, every problem in its place, settings exactly when there is no error.
public final class SiteFileFuzz {
    private SiteFileFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        StatedSurroundings around = new StatedSurroundings()
                .file("/etc/ntp/keys", "10 SHA1 0123456789abcdef0123456789abcdef01234567\n")
                .file("/etc/ntp.conf", "server 127.127.1.0\n");
        SiteReading reading = SiteFile.read("ekicho.toml", text, around);
        Positions.check(reading.report(), "ekicho.toml", text);
        if (reading.settings().isPresent() == reading.report().hasErrors()) {
            throw new AssertionError("settings in spite of errors, or none without: " + reading.report());
        }
    }
}
