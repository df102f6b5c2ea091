package org.ekicho.site.ntpkeys;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ekicho.ntp.auth.SymmetricKey;
import org.ekicho.site.Positions;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.site.lint.Lint;

/// Any bytes as a key file of each program: never an exception, every problem in its place, and what was read is read
/// again from what is written, unless the writer left it out with a remark.
public final class NtpKeysFuzz {
    private NtpKeysFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        String text = new String(data, StandardCharsets.ISO_8859_1);
        DialectGuess.of(text);
        for (KeyDialect dialect : KeyDialect.values()) {
            Diagnostics problems = new Diagnostics();
            KeyFile file = KeyFileReader.read("keys", text, dialect, problems);
            Positions.check(problems.report(), "keys", text);
            Positions.check(Lint.keyFile("keys", text, 0640, dialect), "keys", text);
            for (SymmetricKey key : file.keys()) {
                writtenIsReadAgain(key);
            }
            KeyListing.render(file);
        }
    }

    private static void writtenIsReadAgain(SymmetricKey key) {
        SymmetricKey unbound = new SymmetricKey(key.id(), key.type(), key.secret(), List.of());
        for (KeyDialect dialect : KeyDialect.values()) {
            WrittenKeys written = KeyFileWriter.write(List.of(unbound), dialect);
            boolean leftOut = written.remarks().stream().anyMatch(r -> r.contains("left out"));
            List<SymmetricKey> again = KeyFileReader.read("again", written.text(), dialect, new Diagnostics())
                    .keys();
            if (!again.equals(leftOut ? List.of() : List.of(unbound))) {
                throw new AssertionError(unbound + " for " + dialect + " is read as " + again);
            }
        }
    }
}
