package org.ekicho.lab.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the prober wrote.
///
/// @param bad    everything that was not as it should be, with the runs of that moment
/// @param cycles repositories that were read and were whole
/// @param seen   how often a channel was looked at
record Sightings(List<String> bad, int cycles, int seen) {
    /// A look at a channel.
    private record Look(long revision, long begun, long ended) {}

    /// @param mayGoBack the span of each run that may point `prod` to something older; nobody rolls `latest` back
    static Sightings read(Path file, Journal journal, List<Journal.Entry> mayGoBack) throws IOException {
        List<String> bad = new ArrayList<>();
        Map<String, List<Look>> looks = new HashMap<>();
        int cycles = 0;
        for (String line : Files.readAllLines(file)) {
            String[] words = line.split(" ", 7);
            switch (words[0]) {
                case "SAW" ->
                    looks.computeIfAbsent(words[1] + "/" + words[2], place -> new ArrayList<>())
                            .add(new Look(
                                    Long.parseLong(words[3]), Long.parseLong(words[4]), Long.parseLong(words[5])));
                case "CYCLE" -> cycles++;
                default -> {
                    long when = Long.parseLong(words[1]);
                    bad.add(line + "\n" + journal.around(when, when));
                }
            }
        }
        int seen = 0;
        for (Map.Entry<String, List<Look>> each : looks.entrySet()) {
            seen += each.getValue().size();
            stepsBack(each.getKey(), each.getValue(), journal, mayGoBack, bad);
        }
        return new Sightings(bad, cycles, seen);
    }

    /// A look that began when another had ended must not show less, unless a run between may have gone back.
    private static void stepsBack(
            String place, List<Look> looks, Journal journal, List<Journal.Entry> mayGoBack, List<String> bad) {
        looks.sort((a, b) -> Long.compare(a.begun(), b.begun()));
        for (int i = 0; i < looks.size(); i++) {
            Look later = looks.get(i);
            Look newest = null;
            for (int j = i - 1; j >= 0 && j > i - 50; j--) {
                Look earlier = looks.get(j);
                if (earlier.ended() < later.begun()) {
                    newest = earlier;
                    break;
                }
            }
            if (newest == null || newest.revision() <= later.revision()) {
                continue;
            }
            long from = newest.begun();
            boolean wanted =
                    place.startsWith("prod/") && mayGoBack.stream().anyMatch(run -> run.touches(from, later.ended()));
            if (!wanted) {
                bad.add("STALE " + place + ": " + later.revision() + " after " + newest.revision() + " at "
                        + later.begun() + "\n" + journal.around(from, later.ended()));
            }
        }
    }
}
