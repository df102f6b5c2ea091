package org.ekicho.lab.torture;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ekicho.lab.peer.Programs;

/// Starts Ekicho's command as the script `ekicho` does, so that the process is the program itself and a signal is not
/// for a shell.
final class Command {
    private static final long LONGEST_SECONDS = 60;

    private Command() {}

    /// The words that start the program.
    static List<String> program() throws IOException {
        Path built = Programs.root().resolve("target/app/built");
        List<String> lines = Files.readAllLines(built);
        List<String> words = new ArrayList<>(List.of(
                Path.of(lines.get(1), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-Xms16m",
                "-Xmx256m",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:AOTCache=" + built.resolveSibling("ekicho.aot"),
                "-Xlog:disable",
                "-Xlog:all=error:stderr"));
        words.addAll(List.of("-cp", lines.get(0), "org.ekicho.cli.Main"));
        return words;
    }

    /// How a run ended.
    ///
    /// @param exit   its exit code; 137 when it was killed
    /// @param millis how long it took
    record Ended(int exit, String out, long millis) {
        boolean wasKilled() {
            return exit == 137;
        }
    }

    /// Runs it to its end, or kills it after a time.
    ///
    /// @param killAfterMillis negative: not at all
    static Ended run(Path folder, long killAfterMillis, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(program());
        all.addAll(arguments);
        Path output = folder.resolve("run.out");
        long start = System.nanoTime();
        Process process = new ProcessBuilder(all)
                .directory(folder.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        long patience = killAfterMillis < 0 ? LONGEST_SECONDS * 1_000 : killAfterMillis;
        if (!process.waitFor(patience, TimeUnit.MILLISECONDS)) {
            // SIGKILL.
            process.destroyForcibly().waitFor();
            if (killAfterMillis < 0) {
                throw new AssertionError("it did not end within " + LONGEST_SECONDS + " s: " + arguments + "\n"
                        + new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
            }
        }
        return new Ended(
                process.exitValue(),
                new String(Files.readAllBytes(output), StandardCharsets.UTF_8),
                (System.nanoTime() - start) / 1_000_000);
    }
}
