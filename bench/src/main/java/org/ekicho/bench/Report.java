package org.ekicho.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The tables.
final class Report {
    private static final Pattern COLLECTION = Pattern.compile("Pause .* ([0-9.]+)ms");
    private static final Pattern SAFEPOINT = Pattern.compile("Total: +([0-9]+) ns");

    private Report() {}

    static void throughput(
            PrintStream out, String line, List<String> names, Map<Traffic, Map<String, List<Round>>> all) {
        out.printf("%n### Answers a second, %s%n%n", line);
        out.println("Ekicho ÷ it: by answers a second, and by answers for a second of processor time.\n");
        out.println(
                "| requests | server | answers/s | Ekicho ÷ it | loss % | CPU µs/answer | Ekicho ÷ it | core used % |");
        out.println("|---|---|---|---|---|---|---|---|");
        all.forEach((traffic, byName) -> {
            List<Round> ours = byName.getOrDefault("Ekicho", List.of());
            for (String name : names) {
                List<Round> rounds = byName.get(name);
                if (rounds != null) {
                    out.printf(
                            "| %s | %s | %,.0f | %.2f | %.2f | %.2f | %.2f | %.0f |%n",
                            traffic.title(),
                            name,
                            Numbers.median(rounds, Round::rate),
                            Numbers.medianRatio(ours, rounds, Round::rate),
                            Numbers.median(rounds, Round::lossPercent),
                            Numbers.median(rounds, Round::cpuMicros),
                            Numbers.medianRatio(rounds, ours, Round::cpuMicros),
                            Numbers.median(rounds, Round::busyPercent));
                }
            }
        });
    }

    static void stays(PrintStream out, String line, int pace, Map<String, List<long[]>> all) {
        out.printf("%n### Receive to transmit stamp at %,d requests a second, %s, µs%n%n", pace, line);
        out.println("| server, requests | answers | p50 | p99 | p99.9 | max |");
        out.println("|---|---|---|---|---|---|");
        all.forEach((name, runs) -> {
            for (long[] sorted : runs) {
                out.printf(
                        "| %s | %,d | %.1f | %.1f | %.1f | %.1f |%n",
                        name,
                        sorted.length,
                        Numbers.quantile(sorted, 0.5) / 1e3,
                        Numbers.quantile(sorted, 0.99) / 1e3,
                        Numbers.quantile(sorted, 0.999) / 1e3,
                        Numbers.quantile(sorted, 1) / 1e3);
            }
        });
    }

    /// What the log of the Java machine says of pauses after its first `skip` bytes.
    static void pauses(PrintStream out, Path gcLog, long skip) throws IOException {
        if (!Files.exists(gcLog)) {
            return;
        }
        byte[] bytes = Files.readAllBytes(gcLog);
        String text = new String(bytes, (int) skip, bytes.length - (int) skip, StandardCharsets.UTF_8);
        out.printf(
                "%nEkicho meanwhile: %d garbage collections, longest pause of the Java machine %.3f ms.%n",
                COLLECTION.matcher(text).results().count(), longestSafepoint(text) / 1e6);
    }

    private static double longestSafepoint(String text) {
        double longest = 0;
        Matcher matcher = SAFEPOINT.matcher(text);
        while (matcher.find()) {
            longest = Math.max(longest, Double.parseDouble(matcher.group(1)));
        }
        return longest;
    }
}
