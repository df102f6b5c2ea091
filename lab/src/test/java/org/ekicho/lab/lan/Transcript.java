package org.ekicho.lab.lan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// What a test saw, in the order in which it saw it, as a text file for people.
public final class Transcript {
    private final Path file;
    private final long start = System.nanoTime();

    private Transcript(Path file) {
        this.file = file;
    }

    static Transcript at(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        return new Transcript(file);
    }

    /// One line of explanation.
    public void note(String text) {
        append("# " + text + "\n");
    }

    /// What a command printed on a machine.
    public Outcome show(String machine, Outcome outcome) {
        append("%n[%s at %.1f s]%n%s".formatted(machine, (System.nanoTime() - start) / 1e9, outcome.transcript()));
        return outcome;
    }

    private synchronized void append(String text) {
        try {
            Files.writeString(file, text, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
