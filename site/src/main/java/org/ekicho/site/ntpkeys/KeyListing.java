package org.ekicho.site.ntpkeys;

import java.util.Locale;
import java.util.stream.Collectors;
import org.ekicho.ntp.auth.SymmetricKey;
import org.ekicho.wire.IpPrefix;

/// The keys of a file as a table for people, without secrets.
public final class KeyListing {
    private KeyListing() {}

    /// One line per key: id, kind, length of the secret, how it was written, whom it is bound to.
    public static String render(KeyFile file) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT, "%10s  %-12s  %6s  %-11s  %s%n", "id", "type", "bytes", "written as", "servers"));
        for (KeyLine line : file.lines()) {
            SymmetricKey key = line.key();
            String servers = key.servers().stream().map(IpPrefix::toString).collect(Collectors.joining(","));
            text.append(String.format(
                    Locale.ROOT,
                    "%10s  %-12s  %6d  %-11s  %s%n",
                    key.idText(),
                    key.type().algorithm(),
                    key.secret().length,
                    line.notation() == KeyLine.Notation.HEX ? "hexadecimal" : "text",
                    servers.isEmpty() ? "any" : servers));
        }
        return text.toString();
    }
}
