package org.ekicho.site.ntpconf;

import java.nio.charset.StandardCharsets;
import org.ekicho.site.Positions;
import org.ekicho.site.StatedSurroundings;
import org.ekicho.site.lint.Lint;

/// Any bytes as an ntp.conf: never an exception, every problem in its place, settings exactly when there is no error,
/// the same twice.
public final class NtpConfFuzz {
    private NtpConfFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        String text = new String(data, StandardCharsets.ISO_8859_1);
        StatedSurroundings around = new StatedSurroundings()
                .file("/etc/ntp/keys", "10 SHA1 0123456789abcdef0123456789abcdef01234567\n")
                .file("self", text);
        NtpConfReading reading = NtpConfReader.read("self", text, around);
        Positions.check(reading.report(), "self", text);
        if (reading.conf().isPresent() == reading.report().hasErrors()) {
            throw new AssertionError("settings in spite of errors, or none without: " + reading.report());
        }
        if (!reading.report().equals(NtpConfReader.read("self", text, around).report())) {
            throw new AssertionError("read twice, told differently");
        }
        Positions.check(Lint.file("self", text, 0640, around), "self", text);
    }
}
