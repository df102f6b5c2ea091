package org.ekicho.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ekicho.wire.Endpoint;

/// A server under test: a process of its own, held to one core.
final class Contestant implements AutoCloseable {
    /// Ticks of `/proc/PID/stat` in a second (USER_HZ, the same on every Linux).
    private static final double TICKS = 100;

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

    /// Processor time used so far by all its threads, in the program and in the kernel, seconds.
    double cpuSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
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
