package org.ekicho.site.toml;

import java.util.stream.Stream;

/// The manual page of the site file in Markdown, rendered from the schema that the reader checks against.
public final class SiteFilePage {
    private SiteFilePage() {}

    public static String render() {
        StringBuilder page = new StringBuilder("""
                # The site file

                `ekicho.toml` is the one file that says what this server does ([TOML](https://toml.io), UTF-8). Unknown keys are
                errors with a suggestion; `ekicho check` tells every problem at once with line and column, and `ekicho init`
                writes a commented file to begin with. Relative paths are taken from the folder of this file.

                The smallest file observes the host clock and serves it:

                ```toml
                [site]
                name = "lab"
                ```

                An isolated site whose server multicasts keyed time on one VLAN:

                ```toml
                """);
        page.append(example()).append("```\n");
        for (Section section : SiteSchema.SECTIONS) {
            page.append("\n## `").append(section.header()).append("`\n\n");
            page.append(section.meaning()).append("\n\n");
            page.append("| key | value | without it | meaning |\n|---|---|---|---|\n");
            for (Key key : Stream.concat(section.keys().stream(), section.free().stream())
                    .toList()) {
                page.append("| `").append(key.name()).append("` | ");
                page.append(key.kind().words())
                        .append(" | ")
                        .append(fallback(key))
                        .append(" | ");
                page.append(key.meaning())
                        .append(" E.g. `")
                        .append(key.example())
                        .append("` |\n");
            }
        }
        return page.toString();
    }

    /// The second example of the page, which a test reads.
    static String example() {
        return """
                [site]
                name = "lab"

                [time]
                interfaces = ["eth0", "eth0.20"]
                keys = "/etc/ekicho/ntp.keys"
                trusted-keys = [10]
                allow = ["192.168.55.0/24", "192.168.20.0/24"]
                query = ["192.168.55.0/24"]

                [time.local-clock]
                stratum = 10

                [[time.broadcast]]
                address = "224.0.1.1"
                interfaces = ["eth0.20"]
                key = 10
                """;
    }

    private static String fallback(Key key) {
        boolean literal = key.fallback().startsWith("\"") || key.fallback().matches("[0-9.]+|true|false");
        return literal ? "`" + key.fallback() + "`" : key.fallback();
    }
}
