package org.ekicho.site.ntpkeys;

import java.util.Locale;
import java.util.stream.Collectors;
import org.ekicho.ntp.auth.SymmetricKey;
import org.ekicho.wire.IpPrefix;

/// The keys of a file as a table for people, without secrets.
public final class KeyListing {
    private static final String ROW = "%10s  %-12s  %5s  %-11s  %-4s  %s%n";

    private KeyListing() {}

    /// One line per key: id, kind, length of the secret, how it was written, the mark to compare it by, and whom it is
    /// bound to.
    public static String render(KeyFile file) {
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, ROW, "id", "type", "bytes", "written as", "mark", "servers"));
        for (KeyLine line : file.lines()) {
            SymmetricKey key = line.key();
            String servers = key.servers().stream().map(IpPrefix::toString).collect(Collectors.joining(","));
            text.append(String.format(
                    Locale.ROOT,
                    ROW,
                    key.idText(),
                    key.type().algorithm(),
                    key.secret().length,
                    line.notation() == KeyLine.Notation.HEX ? "hexadecimal" : "text",
                    KeyMark.of(key),
                    servers.isEmpty() ? "any" : servers));
        }
        return text.toString();
    }
}
