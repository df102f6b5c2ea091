package org.ekicho.mirror.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// The report as a table for people.
///
/// ```text
/// client           seen  what                       packages    bytes  uses
/// ==============================================================================
/// 192.168.55.10      3m  libdnf Rocky Linux 9.4           12  48.1 MB  prod/base
/// 192.168.55.11     12d  yum/3.4.3                         0   1.2 MB  latest/base, 3 behind
/// ```
public final class ClientReportText {
    private static final int NAME = 15;
    private static final int WHAT = 26;
    /// Where the last column begins, behind name, age, what, packages and bytes.
    private static final int USES = NAME + 6 + 2 + WHAT + 9 + 9 + 2;

    private ClientReportText() {}

    /// @param clients in the order in which they are to stand
    public static String format(List<ClientUse> clients, Instant now) {
        if (clients.isEmpty()) {
            return "Nobody in the access log matches.\n";
        }
        StringBuilder text = new StringBuilder(left("client", NAME) + right("seen", 6) + "  " + left("what", WHAT)
                + right("packages", 9) + right("bytes", 9) + "  uses\n" + "=".repeat(78) + "\n");
        for (ClientUse client : clients) {
            row(text, client, now);
        }
        long behind = clients.stream().filter(ClientUse::isBehind).count();
        long idle = clients.stream().filter(c -> c.packages() == 0).count();
        return text.append("\n")
                .append(clients.size())
                .append(clients.size() == 1 ? " client, " : " clients, ")
                .append(behind)
                .append(" behind, ")
                .append(idle)
                .append(" fetched no package\n")
                .toString();
    }

    private static void row(StringBuilder text, ClientUse client, Instant now) {
        String what = (client.tool() + " " + client.os() + " " + client.arch()).strip();
        text.append(left(client.client(), NAME));
        if (client.client().length() > NAME) {
            text.append('\n').append(" ".repeat(NAME));
        }
        text.append(right(age(Instant.parse(client.lastSeen()), now), 6))
                .append("  ")
                .append(left(
                        what.isEmpty() ? "-" : what.length() > WHAT ? what.substring(0, WHAT - 1) + "…" : what, WHAT))
                .append(right(Long.toString(client.packages()), 9))
                .append(right(size(client.bytes()), 9))
                .append("  ");
        String indent = "\n" + " ".repeat(USES);
        boolean first = true;
        for (ClientUse.RepoUse use : client.repos()) {
            text.append(first ? "" : indent).append(use(use));
            first = false;
        }
        if (client.repos().isEmpty()) {
            text.append("no repository");
        }
        if (client.errors() > 0) {
            text.append(indent)
                    .append(client.errors())
                    .append(client.errors() == 1 ? " error, the last " : " errors, the last ")
                    .append(printable(client.lastError()));
        }
        text.append('\n');
    }

    private static String use(ClientUse.RepoUse use) {
        String name = (use.channel().isEmpty() ? "snapshots" : use.channel()) + "/" + use.repo();
        if (use.behind() > 0) {
            return name + ", " + use.behind() + " behind (" + use.snapshot() + ")";
        }
        return use.fetched().isEmpty() ? name + ", no repomd.xml" : name;
    }

    /// What a client sent must not reach a terminal as it is.
    private static String printable(String text) {
        StringBuilder clean = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            clean.append(c < ' ' || c > '~' ? '?' : c);
        }
        return clean.toString();
    }

    private static String age(Instant then, Instant now) {
        Duration age = Duration.between(then, now);
        if (age.isNegative()) {
            return "now";
        }
        if (age.toMinutes() < 1) {
            return age.toSeconds() + "s";
        }
        if (age.toHours() < 1) {
            return age.toMinutes() + "m";
        }
        return age.toHours() < 48 ? age.toHours() + "h" : age.toDays() + "d";
    }

    private static String size(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 999.5 && unit < 5) {
            value /= 1000;
            unit++;
        }
        return unit == 0
                ? bytes + " B"
                : String.format(Locale.ROOT, value < 99.95 ? "%.1f %cB" : "%.0f %cB", value, "kMGTP".charAt(unit - 1));
    }

    private static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
