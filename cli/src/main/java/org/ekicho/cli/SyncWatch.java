package org.ekicho.cli;

import java.time.Duration;
import org.ekicho.daemon.mirror.sync.SyncProgress;

/// Shows how far a sync is, from a thread of its own: a line that is rewritten on a terminal, a line a minute
/// elsewhere.
final class SyncWatch implements AutoCloseable {
    /// How progress is shown.
    enum Style {
        SILENT,
        LINES,
        TERMINAL
    }

    private static final Duration ON_A_TERMINAL = Duration.ofMillis(200);
    private static final Duration ELSEWHERE = Duration.ofMinutes(1);
    private static final String CLEAR = "\r\u001b[K";

    private final Screen screen;
    private final String repo;
    private final SyncProgress progress;
    private final Style style;
    private final long startedNanos = System.nanoTime();
    private final Thread thread;

    private SyncWatch(Screen screen, String repo, SyncProgress progress, Style style) {
        this.screen = screen;
        this.repo = repo;
        this.progress = progress;
        this.style = style;
        this.thread = Thread.ofVirtual().name("progress").unstarted(this::show);
    }

    static SyncWatch start(Screen screen, String repo, SyncProgress progress, Style style) {
        SyncWatch watch = new SyncWatch(screen, repo, progress, style);
        if (style != Style.SILENT) {
            watch.thread.start();
        }
        return watch;
    }

    @Override
    public void close() {
        thread.interrupt();
        if (style == Style.SILENT) {
            return;
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (style == Style.TERMINAL) {
            screen.print(CLEAR);
        }
    }

    private void show() {
        try {
            while (true) {
                switch (style) {
                    case TERMINAL -> {
                        Thread.sleep(ON_A_TERMINAL);
                        screen.print(CLEAR + line());
                    }
                    case LINES, SILENT -> {
                        Thread.sleep(ELSEWHERE);
                        screen.line(line());
                    }
                }
            }
        } catch (InterruptedException e) {
            // Told to end: the run is over.
            return;
        }
    }

    private String line() {
        SyncProgress.Moment now = progress.now();
        String text = repo + ": " + now.phase().words();
        if (now.phase() != SyncProgress.Phase.FETCHING) {
            return text + (now.receivedBytes() == 0 ? "" : ", " + Amounts.bytes(now.receivedBytes()));
        }
        double seconds = (System.nanoTime() - startedNanos) / 1e9;
        double rate = now.receivedBytes() / Math.max(seconds, 0.1);
        long left = Math.max(0, now.totalBytes() - now.receivedBytes());
        String eta = rate < 1 ? "" : ", " + Amounts.duration(Duration.ofMillis((long) (left / rate * 1000))) + " left";
        return text + ", " + now.files() + " of " + now.totalFiles() + ", " + Amounts.bytes(now.receivedBytes())
                + " of " + Amounts.bytes(now.totalBytes()) + ", " + Amounts.bytes((long) rate) + "/s" + eta;
    }
}
