package org.ekicho.site.ntpkeys;

import java.util.Locale;

/// Which program a key file was written for, and how that was told.
///
/// @param dialect the program
/// @param reason  the end of a sentence: `line 3 has a HEX: prefix`
public record DialectGuess(KeyDialect dialect, String reason) {
    /// Looks for what only one program writes: prefixes, a missing type, names of ciphers, ids above 65535.
    public static DialectGuess of(String text) {
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String[] words = lines[i].strip().split("\\s+", -1);
            String where = "line " + (i + 1) + " ";
            if (words.length < 2 || !words[0].matches("[0-9]{1,10}")) {
                continue;
            }
            String last = words[words.length - 1];
            String type = words[1].toUpperCase(Locale.ROOT);
            if (last.startsWith("HEX:") || last.startsWith("ASCII:")) {
                return new DialectGuess(KeyDialect.CHRONY, where + "has a HEX: or ASCII: prefix");
            }
            if (words.length == 2) {
                return new DialectGuess(KeyDialect.CHRONY, where + "has no type");
            }
            if (Long.parseLong(words[0]) > 65_535) {
                return new DialectGuess(KeyDialect.CHRONY, where + "has an id above 65535");
            }
            if (type.equals("AES128") || type.equals("AES256")) {
                return new DialectGuess(KeyDialect.CHRONY, where + "names a cipher as chronyd does");
            }
            if (type.equals("AES") || type.startsWith("AES-")) {
                return new DialectGuess(KeyDialect.NTPSEC, where + "names a cipher as NTPsec does");
            }
            if (type.endsWith("CMAC") || type.equals("M") || words.length > 3) {
                return new DialectGuess(KeyDialect.NTPD, where + "is written as ntpd reads it");
            }
        }
        return new DialectGuess(KeyDialect.NTPD, "nothing in it belongs to another program");
    }
}
