package org.ekicho.site.lint;

import java.security.MessageDigest;
import java.util.List;
import org.ekicho.ntp.auth.KeyType;
import org.ekicho.ntp.auth.SymmetricKey;
import org.ekicho.site.diagnostic.Diagnostic;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.site.ntpkeys.KeyDialect;
import org.ekicho.site.ntpkeys.KeyFile;
import org.ekicho.site.ntpkeys.KeyLine;

/// Traps of key files: secrets that two programs read differently, kinds that a peer cannot verify, weak secrets.
final class KeyFileLint {
    /// 128 bits: no search finds more. Text has fewer bits than bytes × 8, so this is the least for it.
    private static final int STRONG_BYTES = 16;

    private static final String GENERATE = "ekicho time keys generate --for ntpd";

    private KeyFileLint() {}

    static void lint(KeyFile file, Diagnostics problems) {
        List<KeyLine> lines = file.lines();
        for (int i = 0; i < lines.size(); i++) {
            KeyLine line = lines.get(i);
            strength(line, problems);
            notation(line, file.dialect(), problems);
            peers(line, file.dialect(), problems);
            for (KeyLine earlier : lines.subList(0, i)) {
                if (MessageDigest.isEqual(earlier.key().secret(), line.key().secret())) {
                    problems.add(Diagnostic.warning(
                            line.at(),
                            "key " + line.key().idText() + " has the same secret as key "
                                    + earlier.key().idText() + ": changing from one to the other changes nothing"));
                }
            }
        }
    }

    private static void strength(KeyLine line, Diagnostics problems) {
        SymmetricKey key = line.key();
        int length = key.type().isCmac() ? Math.min(line.written(), key.secret().length) : key.secret().length;
        if (length < STRONG_BYTES) {
            problems.add(Diagnostic.warning(
                            line.at(),
                            "the secret of key " + key.idText() + " has " + length + (length == 1 ? " byte" : " bytes")
                                    + "; who hears one " + "packet can search for it in peace")
                    .expected(STRONG_BYTES + " random bytes or more")
                    .example(GENERATE));
        }
        if (key.type().isCmac() && line.notation() != KeyLine.Notation.HEX) {
            problems.add(Diagnostic.warning(
                            line.at(),
                            "the secret of key " + key.idText() + " is text; a cipher wants random bytes, and ntpd "
                                    + "fills short ones up with zeros")
                    .expected("hexadecimal digits")
                    .example(GENERATE + " --type AES128CMAC"));
        }
        if (key.type() == KeyType.MD5) {
            problems.add(Diagnostic.hint(
                    line.at(),
                    "key " + key.idText() + " is MD5, which RFC 8573 replaces by AES-128-CMAC; SHA1 is what "
                            + "every program of the last fifteen years verifies"));
        }
    }

    private static void notation(KeyLine line, KeyDialect dialect, Diagnostics problems) {
        if (line.notation() != KeyLine.Notation.TEXT_LIKE_HEX) {
            return;
        }
        String id = "the secret of key " + line.key().idText();
        problems.add(
                dialect == KeyDialect.CHRONY
                        ? Diagnostic.warning(
                                        line.at(),
                                        id + " looks hexadecimal, but chronyd takes it as text without HEX: in front"
                                                + (line.written() > 20
                                                        ? "; ntpd takes the same line as hexadecimal"
                                                        : ""))
                                .example("HEX:...")
                        : Diagnostic.warning(
                                        line.at(),
                                        id + " looks hexadecimal, but with " + line.written()
                                                + " characters it is text " + "to " + dialect.word()
                                                + "; only more than 20 are hexadecimal")
                                .expected("40 hexadecimal digits")
                                .example(GENERATE));
    }

    private static void peers(KeyLine line, KeyDialect dialect, Diagnostics problems) {
        SymmetricKey key = line.key();
        if (!key.type().isVerifiedByClassic() && key.type() != KeyType.AES256CMAC) {
            problems.add(Diagnostic.warning(
                            line.at(),
                            "key " + key.idText() + " is " + key.type().fileName() + ": classic ntpd loads it and then "
                                    + "verifies no packet, because its MACs end at 20 bytes of digest")
                    .expected("SHA1 or AES128CMAC where a peer is classic ntpd"));
        }
        if (dialect == KeyDialect.CHRONY && Integer.compareUnsigned(key.id(), 65_535) > 0) {
            problems.add(Diagnostic.warning(
                            line.at(), "key id " + key.idText() + " has no counterpart in ntpd, whose ids end at 65535")
                    .expected("1..65535 where a peer is ntpd"));
        }
    }
}
