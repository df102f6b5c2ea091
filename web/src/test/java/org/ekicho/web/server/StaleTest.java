package org.ekicho.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A channel is switched again and again while clients read: no answer that begins after a switch returned shows
/// what was there before it.
class StaleTest {
    private static final int SWITCHES = 4_000;
    /// Every so many switches the readers are given time for answers from memory.
    private static final int REST_EVERY = 20;
    private static final int SNAPSHOTS = 50;
    private static final int READERS = 3;
    private static final String PATH = "/latest/base/repodata/repomd.xml";
    /// No rest lasts longer than one read may.
    private static final long PATIENCE_NANOS = 2L * Line.PATIENCE_MILLIS * 1_000_000;

    @TempDir
    Path folder;

    private final AtomicInteger switched = new AtomicInteger();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final ConcurrentLinkedQueue<String> stale = new ConcurrentLinkedQueue<>();

    private static String id(int number) {
        return "20261101T0000%02dZ-000000%02d".formatted(number, number);
    }

    @Test
    void never_shows_what_was_there_before_a_switch() throws Exception {
        try (TestMirror mirror = new TestMirror(folder)) {
            for (int i = 0; i < SNAPSHOTS; i++) {
                mirror.file(id(i), "repodata/repomd.xml", "snapshot %02d".formatted(i));
            }
            mirror.point(id(0));
            List<Reader> readers = new ArrayList<>();
            for (int r = 0; r < READERS; r++) {
                readers.add(new Reader(mirror.port()));
            }
            try {
                for (int n = 1; n <= SWITCHES; n++) {
                    mirror.point(id(n % SNAPSHOTS));
                    switched.set(n);
                    if (n % REST_EVERY == 0) {
                        rest(mirror, readers);
                    }
                }
            } finally {
                // Also when a switch fails: readers that nobody ends would be waited for without end.
                ended.set(true);
                for (Reader reader : readers) {
                    reader.thread.join();
                }
            }
            assertThat(readers).allSatisfy(reader -> assertThat(reader.failure).isNull());
            assertThat(stale).isEmpty();
            assertThat(readers).allSatisfy(reader -> assertThat(reader.answers).hasPositiveValue());
        }
    }

    /// Until each reader has seen two answers more. A reader that ended will see none, and says why.
    private static void rest(TestMirror mirror, List<Reader> readers) throws InterruptedException {
        long[] seen = readers.stream().mapToLong(reader -> reader.answers.get()).toArray();
        long begun = System.nanoTime();
        for (int r = 0; r < READERS; r++) {
            Reader reader = readers.get(r);
            while (reader.answers.get() < seen[r] + 2) {
                if (!reader.thread.isAlive()) {
                    throw new AssertionError("a reader ended", reader.failure);
                }
                if (System.nanoTime() - begun > PATIENCE_NANOS) {
                    throw new AssertionError(account(mirror, readers));
                }
                Thread.sleep(0, 100_000);
            }
        }
    }

    /// Where everybody is.
    private static String account(TestMirror mirror, List<Reader> readers) {
        StringBuilder text = new StringBuilder(
                "no answer; generation " + mirror.generation.value() + ", " + mirror.server.traffic() + "\n");
        readers.forEach(reader -> text.append(reader.thread.getName())
                .append(": ")
                .append(reader.answers.get())
                .append(" answers, ")
                .append(reader.failure)
                .append('\n'));
        Thread.getAllStackTraces().forEach((thread, frames) -> {
            text.append(thread).append('\n');
            for (StackTraceElement frame : frames) {
                text.append("    ").append(frame).append('\n');
            }
        });
        return text.toString();
    }

    /// Reads without pause on one connection.
    private final class Reader {
        private final int port;
        private final AtomicLong answers = new AtomicLong();
        private final Thread thread;
        private volatile @Nullable Throwable failure;

        Reader(int port) {
            this.port = port;
            this.thread = Thread.ofPlatform().name("reader").daemon().start(this::read);
        }

        private void read() {
            try (Line line = new Line(port)) {
                while (!ended.get()) {
                    int before = switched.get();
                    Answer answer = line.get(PATH);
                    int after = switched.get() + 1;
                    if (answer.status() != 200) {
                        throw new IOException(answer.status() + ": " + answer.text());
                    }
                    judge(Integer.parseInt(answer.text().substring(9)), before, after);
                    answers.incrementAndGet();
                }
            } catch (IOException | RuntimeException e) {
                failure = e;
            }
        }

        private void judge(int shown, int before, int after) {
            for (int n = before; n <= after; n++) {
                if (n % SNAPSHOTS == shown) {
                    return;
                }
            }
            stale.add(shown + " between switch " + before + " and " + after);
        }
    }
}
