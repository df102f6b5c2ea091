package org.ekicho.site.ntpkeys;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ekicho.site.diagnostic.Diagnostic;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.site.diagnostic.Position;

/// Reads a key file by the rules of one program.
public final class KeyFileReader {
    private KeyFileReader() {}

    /// The keys of a file. Where the program would reject the whole file, every malformed line is an error; where it
    /// would pass over a line, that line is a warning.
    ///
    /// @param source   the file's name, for positions
    /// @param text     its bytes, one character each (ISO 8859-1)
    /// @param dialect  whose rules
    /// @param problems takes what is wrong
    public static KeyFile read(String source, String text, KeyDialect dialect, Diagnostics problems) {
        List<KeyLine> lines = switch (dialect) {
            case NTPD, NTPSEC -> new ClassicKeyLines(source, dialect, problems).read(text);
            case CHRONY -> new ChronyKeyLines(source, problems).read(text);
        };
        return new KeyFile(dialect, once(lines, problems));
    }

    /// Checks the permission bits of a key file: nobody but its owner may write it, nobody but owner and group may
    /// read it.
    public static void checkMode(String source, int mode, Diagnostics problems) {
        if ((mode & 027) != 0) {
            String who = (mode & 07) != 0 ? "everybody" : "its group";
            String what = (mode & 04) != 0 && (mode & 022) == 0 ? "read" : "change";
            problems.add(Diagnostic.error(
                            Position.ofFile(source),
                            "key file with mode 0" + Integer.toOctalString(mode) + ": " + who + " can " + what
                                    + " the keys")
                    .expected("mode 0640 or less")
                    .example("chmod 640 " + source));
        }
    }

    /// Each id once. ntpd keeps the first of two lines, earlier releases the last, chronyd either: so both are told.
    private static List<KeyLine> once(List<KeyLine> lines, Diagnostics problems) {
        Map<Integer, KeyLine> seen = new HashMap<>();
        List<KeyLine> kept = new ArrayList<>();
        for (KeyLine line : lines) {
            KeyLine first = seen.putIfAbsent(line.key().id(), line);
            if (first == null) {
                kept.add(line);
            } else {
                problems.add(Diagnostic.warning(
                        line.at(),
                        "key " + line.key().idText() + " stands in line "
                                + first.at().line() + " already, which counts; programs disagree which of two they "
                                + "take"));
            }
        }
        return kept;
    }
}
