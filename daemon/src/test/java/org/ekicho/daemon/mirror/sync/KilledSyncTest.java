package org.ekicho.daemon.mirror.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A sync that is killed at any moment serves nothing, and the next one goes on with what it had fetched.
final class KilledSyncTest {
    private static final int PACKAGES = 40;
    private static final int BYTES = 100_000;
    private static final int KILLS = 3;
    private static final int BETWEEN = 8;
    /// Enough for a machine with much else to do.
    private static final long LONGEST_SECONDS = 120;

    @TempDir
    private Path root;

    @Test
    void goes_on_after_each_kill_with_what_it_had() throws IOException, InterruptedException {
        List<PretendRepo.Item> items = new ArrayList<>();
        for (int i = 0; i < PACKAGES; i++) {
            items.add(new PretendRepo.Item("p" + i, "1", PretendRepo.content("p" + i, BYTES), List.of()));
        }
        PretendRepo repo = PretendRepo.of(1_700_000_000, items);
        try (PretendUpstream upstream = PretendUpstream.serve(repo)) {
            for (int kill = 0; kill < KILLS; kill++) {
                Round round = new Round();
                upstream.fails(".rpm", round::answer);
                Process victim = start(upstream.address());
                try {
                    assertThat(round.answered.tryAcquire(BETWEEN, LONGEST_SECONDS, TimeUnit.SECONDS))
                            .as("packages came before it was killed")
                            .isTrue();
                } finally {
                    victim.destroyForcibly().waitFor();
                    round.over.countDown();
                }
                assertThat(root.resolve("www/latest")).doesNotExist();
            }
            upstream.behaves();
            long kept = contents();
            upstream.forget();
            SyncReport report = KilledSync.sync(root, upstream.address());
            assertThat(report.outcome()).as(report.toString()).isEqualTo(SyncReport.Outcome.PUBLISHED);
            assertThat(packagesKept(kept)).as("packages kept").isPositive();
            assertThat(upstream.asked())
                    .filteredOn(path -> path.contains(".rpm"))
                    .hasSizeLessThanOrEqualTo((int) (PACKAGES - packagesKept(kept)));
        }
        for (Map.Entry<String, byte[]> file : repo.files().entrySet()) {
            assertThat(root.resolve("www/latest/base").resolve(file.getKey())).hasBinaryContent(file.getValue());
        }
        try (Stream<Path> rest = Files.list(root.resolve("stage/base"))) {
            assertThat(rest).isEmpty();
        }
    }

    /// Packages are answered up to a number; the rest wait until the victim is dead.
    private static final class Round {
        final Semaphore budget = new Semaphore(BETWEEN);
        final Semaphore answered = new Semaphore(0);
        final CountDownLatch over = new CountDownLatch(1);

        void answer(HttpExchange exchange, byte[] content) throws IOException {
            if (budget.tryAcquire()) {
                PretendUpstream.serve(exchange, content);
                answered.release();
                return;
            }
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// The metadata files came first.
    private static long packagesKept(long contents) {
        return Math.max(0, contents - 4);
    }

    private long contents() throws IOException {
        try (Stream<Path> files = Files.walk(root.resolve("store"))) {
            return files.filter(file -> file.getFileName().toString().length() == 64)
                    .filter(Files::isRegularFile)
                    .count();
        }
    }

    private Process start(String address) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledSync.class.getName(),
                        root.toString(),
                        address)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
