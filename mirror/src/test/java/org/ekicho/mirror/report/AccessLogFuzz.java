package org.ekicho.mirror.report;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What stands in an access log is what anybody sent: it is read without an exception, and nothing unprintable or
/// endless comes out.
public final class AccessLogFuzz {
    private AccessLogFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        String line = new String(data, StandardCharsets.ISO_8859_1);
        Optional<LogLine> parsed = LogLineParser.parse(line);
        parsed.ifPresent(read -> check(read.bytes() >= 0 && read.status() >= 100, "numbers"));
        Agent agent = Agent.parse(line);
        for (String part : List.of(agent.tool(), agent.os(), agent.arch())) {
            check(part.length() <= 130 && part.chars().allMatch(c -> c >= ' ' && c <= '~'), "unprintable");
        }
        ClientReport report = new ClientReport(new ServedHistory(List.of(), Map.of(), Map.of()), Instant.EPOCH);
        report.add(line);
        report.add(line);
        check(report.unread() == (parsed.isEmpty() ? 2 : 0) || report.lines() < 2, "counted");
        String table = ClientReportText.format(report.clients(), Instant.EPOCH);
        check(table.chars().filter(c -> c < ' ' && c != '\n').findAny().isEmpty(), "a control character in the table");
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
