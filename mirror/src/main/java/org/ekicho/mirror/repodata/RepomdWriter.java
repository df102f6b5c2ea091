package org.ekicho.mirror.repodata;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.ekicho.mirror.hash.Checksum;

/// Writes repomd.xml in the form of createrepo_c: the same elements in the same order, two blanks a level,
/// UTF-8.
///
/// What Java strings can hold and XML cannot (control characters, halves of surrogate pairs) is left out: the
/// words come from command lines, and a client refuses a whole repository over one such character.
public final class RepomdWriter {
    private static final String HEAD = """
            <?xml version="1.0" encoding="UTF-8"?>
            <repomd xmlns="http://linux.duke.edu/metadata/repo" xmlns:rpm="http://linux.duke.edu/metadata/rpm">
            """;

    private final StringBuilder out = new StringBuilder(4096);

    private RepomdWriter() {}

    /// The whole file.
    public static byte[] write(Repomd repomd) {
        return new RepomdWriter().document(repomd).getBytes(StandardCharsets.UTF_8);
    }

    private String document(Repomd repomd) {
        out.append(HEAD);
        if (!repomd.revision().isEmpty()) {
            line("  ", "revision", "", repomd.revision());
        }
        if (!repomd.tags().isEmpty()) {
            out.append("  <tags>\n");
            // createrepo_c groups them so.
            tags(repomd, "content");
            tags(repomd, "repo");
            tags(repomd, "distro");
            out.append("  </tags>\n");
        }
        repomd.records().forEach(this::record);
        return out.append("</repomd>\n").toString();
    }

    private void tags(Repomd repomd, String kind) {
        for (Repomd.Tag tag : repomd.tags()) {
            if (tag.kind().equals(kind)) {
                line("    ", kind, named("cpeid", tag.cpeid()), tag.text());
            }
        }
    }

    private void record(RepomdRecord record) {
        out.append("  <data type=\"").append(attribute(record.type())).append("\">\n");
        checksum("checksum", record.checksum());
        record.openChecksum().ifPresent(sum -> checksum("open-checksum", sum));
        record.headerChecksum().ifPresent(sum -> checksum("header-checksum", sum));
        out.append("    <location href=\"").append(attribute(record.location())).append("\"/>\n");
        if (record.timestamp() != 0) {
            line("    ", "timestamp", "", Long.toString(record.timestamp()));
        }
        record.size().ifPresent(n -> line("    ", "size", "", Long.toString(n)));
        record.openSize().ifPresent(n -> line("    ", "open-size", "", Long.toString(n)));
        record.headerSize().ifPresent(n -> line("    ", "header-size", "", Long.toString(n)));
        record.databaseVersion().ifPresent(n -> line("    ", "database_version", "", Integer.toString(n)));
        out.append("  </data>\n");
    }

    private void checksum(String element, Checksum sum) {
        line("    ", element, named("type", Optional.of(sum.type().word())), sum.hex());
    }

    private static String named(String name, Optional<String> value) {
        return value.map(text -> " " + name + "=\"" + attribute(text) + "\"").orElse("");
    }

    private void line(String indent, String element, String attributes, String text) {
        out.append(indent).append('<').append(element).append(attributes).append('>');
        out.append(text(text)).append("</").append(element).append(">\n");
    }

    /// For an attribute in double quotes.
    private static String attribute(String value) {
        return text(value).replace("\"", "&quot;").replace("\t", "&#9;").replace("\n", "&#10;");
    }

    /// For the content of an element.
    private static String text(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().filter(RepomdWriter::isXml).forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '\r' -> safe.append("&#13;");
                default -> safe.appendCodePoint(c);
            }
        });
        return safe.toString();
    }

    /// `Char` of XML 1.0 §2.2.
    private static boolean isXml(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c <= 0xd7ff)
                || (c >= 0xe000 && c <= 0xfffd)
                || c >= 0x10000;
    }
}
