package org.ekicho.lab.lan;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A program that stays, on a machine.
public final class Daemon {
    private static final Duration TIME_TO_STOP = Duration.ofSeconds(15);

    private final Machine machine;
    private final String name;
    private final Process process;
    private final Path log;
    private final Path pidFile;

    private Daemon(Machine machine, String name, Process process, Path log, Path pidFile) {
        this.machine = machine;
        this.name = name;
        this.process = process;
        this.log = log;
        this.pidFile = pidFile;
    }

    static Daemon start(Machine machine, String name, List<String> command) {
        Path log = machine.folder().resolve(name + ".log");
        Path pidFile = machine.folder().resolve(name + ".pid");
        // The shell leaves its process id, as the machine counts them, and becomes the program.
        List<String> all = new ArrayList<>(List.of("sh", "-c", "echo $$ >\"$0\"; exec \"$@\"", pidFile.toString()));
        all.addAll(command);
        try {
            Files.deleteIfExists(pidFile);
            Process process = new ProcessBuilder(machine.entering(all.toArray(String[]::new)))
                    .directory(machine.folder().toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            machine.transcript().note(machine + " starts " + name + ": " + Outcome.shortly(command));
            return new Daemon(machine, name, process, log, pidFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What it has printed so far.
    public String log() {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Does it still run?
    public boolean runs() {
        return process.isAlive();
    }

    /// Its process id as the machine counts them.
    public String pid() {
        try {
            return Files.readString(pidFile).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Sends it a signal by name, e.g. `HUP`.
    public void signal(String signal) {
        machine.must("kill", "-" + signal, pid());
    }

    /// Asks it to end, and waits.
    ///
    /// @return its exit code
    public int stop() {
        if (runs()) signal("TERM");
        return end();
    }

    /// Waits for an end that has been asked for.
    public int end() {
        try {
            if (!process.waitFor(TIME_TO_STOP.toSeconds(), TimeUnit.SECONDS)) {
                signal("KILL");
                throw new AssertionError(name + " on " + machine + " did not end when asked to:\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + name + " ended", e);
        }
    }
}
