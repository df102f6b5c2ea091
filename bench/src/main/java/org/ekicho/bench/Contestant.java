package org.ekicho.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ekicho.wire.Endpoint;

/// A server under test: a process of its own, held to one core.
final class Contestant implements AutoCloseable {
    private final String name;
    private final Endpoint endpoint;
    private final Process process;

    /// @param command what runs it, already on its core and in its network namespace
    Contestant(String name, Endpoint endpoint, List<String> command, List<String> environment, Path log)
            throws IOException {
        this.name = name;
        this.endpoint = endpoint;
        List<String> all = new ArrayList<>(List.of("env"));
        all.addAll(environment);
        all.addAll(command);
        process = new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
    }

    String name() {
        return name;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// Processor time used so far by all its threads, in the program and in the kernel, seconds. It hardly depends on
    /// what else the machine does, as a rate does.
    double cpuSeconds() throws IOException {
        long nanos = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + pid() + "/task"))) {
            for (Path thread : threads) {
                String text = Files.readString(thread.resolve("schedstat"));
                nanos += Long.parseLong(text.substring(0, text.indexOf(' ')));
            }
        }
        return nanos * 1e-9;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
