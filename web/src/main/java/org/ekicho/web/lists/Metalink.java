package org.ekicho.web.lists;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// A metalink for the `repomd.xml` of one snapshot, in the form of MirrorManager that yum 3 and librepo read: its
/// size, checksums and time, and where it lies. What any of these servers sends is compared with the checksum.
public final class Metalink {
    private static final DateTimeFormatter PUBLISHED = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    /// The preference of the first server, and the least.
    private static final int MOST_PREFERRED = 100;

    private Metalink() {}

    /// @param repomd    content of the snapshot's repomd.xml
    /// @param timestamp the newest timestamp in it, which yum 3 compares with what it then reads; seconds
    ///                  since 1970
    /// @param addresses of that file on each server, the nearest first
    /// @param now       when the list is made
    public static String format(byte[] repomd, long timestamp, List<String> addresses, Instant now) {
        StringBuilder text = new StringBuilder(1024);
        text.append("""
                <?xml version="1.0" encoding="utf-8"?>
                <metalink version="3.0" xmlns="http://www.metalinker.org/" type="dynamic" pubdate="%s" \
                generator="ekicho" xmlns:mm0="http://fedorahosted.org/mirrormanager">
                  <files>
                    <file name="repomd.xml">
                      <mm0:timestamp>%d</mm0:timestamp>
                      <size>%d</size>
                      <verification>
                """.formatted(PUBLISHED.format(now), timestamp, repomd.length));
        for (String kind : List.of("MD5", "SHA-1", "SHA-256", "SHA-512")) {
            text.append("        <hash type=\"")
                    .append(kind.toLowerCase(Locale.ROOT).replace("-", ""))
                    .append("\">")
                    .append(digest(kind, repomd))
                    .append("</hash>\n");
        }
        text.append("      </verification>\n      <resources maxconnections=\"1\">\n");
        int preference = MOST_PREFERRED;
        for (String address : addresses) {
            String protocol = address.startsWith("https:") ? "https" : "http";
            text.append("        <url protocol=\"")
                    .append(protocol)
                    .append("\" type=\"")
                    .append(protocol)
                    .append("\" preference=\"")
                    .append(preference)
                    .append("\">")
                    .append(escaped(address))
                    .append("</url>\n");
            preference = Math.max(1, preference - 1);
        }
        return text.append("""
                      </resources>
                    </file>
                  </files>
                </metalink>
                """).toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String digest(String algorithm, byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }
}
