package org.ekicho.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What `/proc/PID` tells of one process. A process that ends while it is looked at has empty answers.
final class Processes {
    /// The kernel cuts a name after 15 characters and ends it with a new line.
    private static final int LONGEST_NAME = 16;

    private Processes() {}

    /// `chronyd`; empty when it is gone. Asked of every process again and again, so it takes a small buffer: read
    /// whole, a file of unknown size costs 8 KiB, and the garbage of it would stop the server now and then.
    static String name(Path process) {
        try (InputStream in = Files.newInputStream(process.resolve("comm"))) {
            return new String(in.readNBytes(LONGEST_NAME), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /// The words of its command line, its own name first.
    static List<String> arguments(Path process) {
        return List.of(read(process.resolve("cmdline")).split("\0", -1));
    }

    /// The systemd service that it runs in: the last part of its control group that ends in `.service`.
    static Optional<String> unit(Path process) {
        return Arrays.stream(read(process.resolve("cgroup")).split("[/\n]", -1))
                .filter(part -> part.endsWith(".service"))
                .reduce((earlier, later) -> later);
    }

    /// The value of `Name:` in `status`; empty when there is none.
    static Optional<String> status(Path process, String name) {
        return read(process.resolve("status"))
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    /// Files of `/proc` are small and made on the spot; what cannot be read is empty.
    static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
