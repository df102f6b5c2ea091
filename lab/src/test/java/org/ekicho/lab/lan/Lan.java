package org.ekicho.lab.lan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.TestInfo;

/// A private network of pretend machines for one test. Closing it ends every process in it; when this Java machine
/// dies,
/// the kernel does.
public final class Lan implements AutoCloseable {
    /// How often a condition that is waited for is looked at. Rare enough that eight tests at once leave the cores
    /// idle.
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final Path folder;
    private final Transcript transcript;
    private final List<Machine> machines = new ArrayList<>();

    private Lan(Path folder, Transcript transcript) {
        this.folder = folder;
        this.transcript = transcript;
    }

    /// The network of a test: its files are under `target/lan/CLASS.METHOD`, what its tools printed is under
    /// `target/transcripts`, both kept until the test runs again.
    public static Lan of(TestInfo test) {
        String method = test.getTestMethod().orElseThrow().getName();
        String shown = test.getDisplayName().startsWith(method)
                ? ""
                : "-" + test.getDisplayName().replaceAll("[^A-Za-z0-9]+", "_").replaceAll("_$", "");
        String name = test.getTestClass().orElseThrow().getSimpleName() + "." + method + shown;
        try {
            Path folder = Path.of("target", "lan", name).toAbsolutePath();
            if (Files.exists(folder)) {
                try (var old = Files.walk(folder)) {
                    old.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> {
                        if (!file.delete()) throw new IllegalStateException("cannot delete " + file);
                    });
                }
            }
            Files.createDirectories(folder);
            return new Lan(folder, Transcript.at(Path.of("target", "transcripts", name + ".txt")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A machine without any network but loopback.
    public Machine machine(String name) {
        Machine machine = Machine.boot(name, folder.resolve(name), transcript);
        machines.add(machine);
        return machine;
    }

    /// Two machines `server` (192.168.55.1) and `client` (192.168.55.2), joined by one cable, with no route but their
    /// subnet's.
    public Pair pair() {
        Pair pair = new Pair(machine("server"), machine("client"));
        cable(pair.server(), "eth0", pair.client(), "eth0");
        pair.server().address("eth0", "192.168.55.1/24");
        pair.client().address("eth0", "192.168.55.2/24");
        return pair;
    }

    /// A server and its client.
    public record Pair(Machine server, Machine client) {}

    /// Joins two machines by a new interface on each, both up.
    public void cable(Machine one, String oneInterface, Machine other, String otherInterface) {
        one.join(oneInterface, other, otherInterface);
        one.must("ip", "link", "set", oneInterface, "up");
        other.must("ip", "link", "set", otherInterface, "up");
    }

    /// What the tools printed: kept for the reader.
    public Transcript transcript() {
        return transcript;
    }

    /// Looks again and again until `condition` holds.
    ///
    /// @param what    the condition in words, for the failure
    /// @param atMostSeconds a bound that fails the test; generous, since the machine may be busy
    /// @param picture what to show when it does not come true
    public void await(String what, int atMostSeconds, BooleanSupplier condition, Supplier<String> picture) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > atMostSeconds * 1_000_000_000L) {
                throw new AssertionError("not within " + atMostSeconds + " s: " + what + "\n" + picture.get());
            }
            pause(LOOK_EVERY);
        }
        transcript.note("after %.1f s: %s".formatted((System.nanoTime() - start) / 1e9, what));
    }

    /// Waits, as a person would.
    public static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }

    @Override
    public void close() {
        machines.forEach(Machine::close);
    }
}
