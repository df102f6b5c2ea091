package org.ekicho.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A channel is switched again and again while clients read: no answer that begins after a switch returned shows
/// what was there before it.
class StaleTest {
    private static final int SWITCHES = 1_000;
    private static final int SNAPSHOTS = 50;
    private static final int READERS = 3;

    @TempDir
    Path folder;

    private static String id(int number) {
        return "20261101T0000%02dZ-000000%02d".formatted(number, number);
    }

    @Test
    void never_shows_what_was_there_before_a_switch() throws Exception {
        try (TestMirror mirror = new TestMirror(folder);
                ExecutorService threads = Executors.newFixedThreadPool(READERS)) {
            for (int i = 0; i < SNAPSHOTS; i++) {
                mirror.file(id(i), "repodata/repomd.xml", "snapshot %02d".formatted(i));
            }
            mirror.point(id(0));
            AtomicInteger switched = new AtomicInteger();
            AtomicLong answers = new AtomicLong();
            ConcurrentLinkedQueue<String> stale = new ConcurrentLinkedQueue<>();
            List<Future<?>> readers = new ArrayList<>();
            for (int r = 0; r < READERS; r++) {
                readers.add(threads.submit(() -> {
                    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), mirror.port())) {
                        while (switched.get() < SWITCHES) {
                            int before = switched.get();
                            Answer answer = Answer.on(socket, "GET /latest/base/repodata/repomd.xml HTTP/1.1");
                            int after = switched.get() + 1;
                            int shown = Integer.parseInt(answer.text().substring(9));
                            boolean possible = false;
                            for (int n = before; n <= after; n++) {
                                possible |= n % SNAPSHOTS == shown;
                            }
                            if (!possible) {
                                stale.add(shown + " between switch " + before + " and " + after);
                            }
                            answers.incrementAndGet();
                        }
                    }
                    return null;
                }));
            }
            for (int n = 1; n <= SWITCHES; n++) {
                mirror.point(id(n % SNAPSHOTS));
                switched.set(n);
                // Now and then time for answers from memory.
                if (n % 10 == 0) {
                    long seen = answers.get();
                    while (answers.get() < seen + READERS * 3
                            && readers.stream().noneMatch(Future::isDone)) {
                        Thread.sleep(1);
                    }
                }
            }
            for (Future<?> reader : readers) {
                reader.get();
            }
            assertThat(stale).isEmpty();
            assertThat(answers.get()).isGreaterThan(SWITCHES / 2);
        }
    }
}
