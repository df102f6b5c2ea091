package org.ekicho.web.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessLogTest {
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    @TempDir
    Path folder;

    private static Thread run(AccessLog log) {
        return Thread.ofPlatform().daemon().start(() -> {
            try {
                log.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /// Writes a line and waits until it is in the file, or lost.
    private static void line(AccessLog log, LogPen pen, String target) throws InterruptedException {
        long before = log.written() + log.lost();
        pen.line(1_700_000_000, "10.0.0.1", "GET", target, "HTTP/1.1", 200, 17, null, null);
        pen.flush();
        long begun = System.nanoTime();
        while (log.written() + log.lost() == before) {
            assertThat(System.nanoTime() - begun).isLessThan(PATIENCE_NANOS);
            Thread.sleep(5);
        }
    }

    private static void end(AccessLog log, Thread writer) throws InterruptedException {
        log.stop();
        writer.join(PATIENCE_NANOS / 1_000_000);
        assertThat(writer.isAlive()).isFalse();
    }

    @Test
    void goes_on_in_a_new_file_when_it_was_moved_away() throws Exception {
        Path file = folder.resolve("log/access.log");
        Path moved = folder.resolve("log/access.log-moved");
        AccessLog log = new AccessLog(file);
        Thread writer = run(log);
        LogPen pen = log.pen();
        line(log, pen, "/one");
        Files.move(file, moved);
        line(log, pen, "/two");
        log.reopen();
        line(log, pen, "/three");
        end(log, writer);
        assertThat(Files.readString(moved)).contains("/one", "/two");
        assertThat(Files.readAllLines(file)).singleElement().asString().contains("/three");
        assertThat(log.lost()).isZero();
    }

    @Test
    void moves_a_large_file_aside_and_keeps_a_named_number_of_them() throws Exception {
        int lines = 30;
        AccessLog log = new AccessLog(folder.resolve("access.log"), 1);
        Thread writer = run(log);
        LogPen pen = log.pen();
        for (int i = 0; i < lines; i++) {
            line(log, pen, "/" + i + "/");
        }
        end(log, writer);
        assertThat(log.lost()).isZero();
        for (int number = 1; number <= AccessLog.KEPT_FILES; number++) {
            assertThat(Files.readAllLines(folder.resolve("access.log." + number)))
                    .singleElement()
                    .asString()
                    .contains("/" + (lines - number) + "/");
        }
        assertThat(folder.resolve("access.log." + (AccessLog.KEPT_FILES + 1))).doesNotExist();
    }

    @Test
    void loses_lines_and_counts_them_when_it_cannot_write() throws Exception {
        Path file = folder.resolve("folder/access.log");
        Files.writeString(folder.resolve("folder"), "in the way");
        AccessLog log = new AccessLog(file);
        Thread writer = run(log);
        LogPen pen = log.pen();
        line(log, pen, "/one");
        assertThat(log.lost()).isEqualTo(1);
        Files.delete(folder.resolve("folder"));
        line(log, pen, "/two");
        end(log, writer);
        assertThat(log.lost()).isEqualTo(1);
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).singleElement().asString().contains("/two");
    }

    @Test
    void ends_when_it_was_stopped_before_it_ran() throws Exception {
        AccessLog log = new AccessLog(folder.resolve("access.log"));
        log.stop();
        end(log, run(log));
    }
}
