package org.ekicho.bench.mirror;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// What one run of a program cost, by GNU time.
///
/// @param wallSeconds from start to end
/// @param cpuSeconds  of all its threads, in user and system mode
/// @param rssKib      greatest resident memory
public record Measured(double wallSeconds, double cpuSeconds, long rssKib) {
    /// Runs a command to its end.
    ///
    /// @throws IOException when it fails
    public static Measured run(Path work, List<String> command) throws IOException, InterruptedException {
        Path figures = work.resolve("time");
        Path log = work.resolve("log");
        List<String> timed = new ArrayList<>(List.of("/usr/bin/time", "-q", "-f", "%e %U %S %M", "-o"));
        timed.add(figures.toString());
        timed.addAll(command);
        int code = new ProcessBuilder(timed)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + code + ": " + Files.readString(log));
        }
        String[] parts = Files.readString(figures).strip().split(" ", -1);
        return new Measured(
                Double.parseDouble(parts[0]),
                Double.parseDouble(parts[1]) + Double.parseDouble(parts[2]),
                Long.parseLong(parts[3]));
    }

    /// The middle one of several.
    static double median(List<Measured> runs, ToDoubleFunction<Measured> part) {
        double[] sorted = runs.stream().mapToDouble(part).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// The one that was disturbed least.
    static Measured fastest(List<Measured> runs) {
        return runs.stream()
                .min(Comparator.comparingDouble(Measured::wallSeconds))
                .orElseThrow();
    }
}
