package org.ekicho.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ekicho.mirror.settings.ServeSettings;
import org.ekicho.web.WebReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients that ask drop by drop, do not take their answers, hang up, or come in masses: they are ended, nobody else
/// waits.
class ClientsThatDoNotBehaveTest {
    private static final String REPOMD = "/latest/base/repodata/repomd.xml";
    private static final String LARGE = "/latest/base/Packages/large.rpm";
    private static final int LARGE_BYTES = 40_000_000;
    /// Idle for a second, and an answer has a second beside the time of its bytes at 40 MB/s.
    private static final WebPatience SHORT = new WebPatience(1, 20, 1, 40_000_000, 8);

    @TempDir
    Path folder;

    private TestMirror mirror;

    @BeforeEach
    void open() throws IOException {
        mirror = new TestMirror(
                folder,
                new ServeSettings(
                        List.of("127.0.0.1:0"),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of()),
                SHORT);
        mirror.file(TestMirror.ONE, "repodata/repomd.xml", "<one/>");
        mirror.file(TestMirror.ONE, "Packages/large.rpm", new byte[LARGE_BYTES]);
        mirror.point(TestMirror.ONE);
    }

    @AfterEach
    void close() {
        mirror.close();
    }

    private long refused(WebReason reason) {
        return mirror.server.traffic().refused().stream()
                .filter(refusals -> refusals.reason() == reason)
                .mapToLong(WebTraffic.Refusals::count)
                .sum();
    }

    /// Waits for what comes within some seconds, or never.
    private static void eventually(String what, BooleanSupplier condition) throws InterruptedException {
        long begun = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - begun).as(what).isLessThan(Line.PATIENCE_MILLIS * 1_000_000L);
            Thread.sleep(20);
        }
    }

    @Test
    void a_head_drop_by_drop_is_ended() throws Exception {
        try (Line line = new Line(mirror.port())) {
            line.send("GET " + REPOMD + " HTTP/1.1\r\nHost: mirror.lan\r\n");
            boolean open = true;
            long begun = System.nanoTime();
            for (int i = 0; open; i++) {
                assertThat(System.nanoTime() - begun).isLessThan(Line.PATIENCE_MILLIS * 1_000_000L);
                try {
                    line.send("X-" + i + ": y\r\n");
                    Thread.sleep(100);
                } catch (IOException e) {
                    open = false;
                }
            }
        }
        eventually("counted", () -> refused(WebReason.TOO_SLOW) == 1);
        eventually("forgotten", () -> mirror.server.traffic().connections() == 0);
    }

    @Test
    void a_client_that_does_not_take_its_answer_is_ended_and_the_log_tells_how_much_was_sent() throws Exception {
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(65_536);
            socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), mirror.port()));
            try (Line line = new Line(socket)) {
                line.ask("GET " + LARGE + " HTTP/1.1");
                eventually("ended", () -> refused(WebReason.TOO_SLOW) == 1);
                eventually("forgotten", () -> mirror.server.traffic().connections() == 0);
                long taken = drained(socket);
                long logged = loggedBytes();
                assertThat(logged).isPositive().isLessThan(LARGE_BYTES);
                assertThat(taken)
                        .as("what arrived, with a head of some 300 bytes")
                        .isLessThanOrEqualTo(logged + 1000);
            }
        }
    }

    @Test
    void a_client_that_hangs_up_is_logged_with_what_it_took() throws Exception {
        try (Line line = new Line(mirror.port())) {
            line.ask("GET " + LARGE + " HTTP/1.1");
            assertThat(line.in().readNBytes(3_000_000)).hasSize(3_000_000);
        }
        eventually("forgotten", () -> mirror.server.traffic().connections() == 0);
        assertThat(loggedBytes()).isBetween(2_990_000L, (long) LARGE_BYTES - 1);
    }

    private static long drained(Socket socket) {
        long taken = 0;
        try {
            byte[] some = new byte[65_536];
            for (int read = socket.getInputStream().read(some);
                    read > 0;
                    read = socket.getInputStream().read(some)) {
                taken += read;
            }
        } catch (IOException e) {
            // Reset: what was on the way is lost.
            return taken;
        }
        return taken;
    }

    private long loggedBytes() throws IOException {
        List<String> lines = mirror.logged();
        assertThat(lines).hasSize(1);
        Matcher matcher =
                Pattern.compile("large.rpm HTTP/1\\.1\" 200 ([0-9]+) ").matcher(lines.getFirst());
        assertThat(matcher.find()).as(lines.getFirst()).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    @Test
    void an_idle_connection_is_ended_and_that_is_nobodys_fault() throws Exception {
        try (Line line = new Line(mirror.port())) {
            assertThat(line.get(REPOMD).status()).isEqualTo(200);
            assertThat(line.in().read()).isEqualTo(-1);
        }
        assertThat(refused(WebReason.TOO_SLOW)).isZero();
    }

    @Test
    void an_address_has_no_more_connections_than_the_limit() throws Exception {
        List<Line> lines = new ArrayList<>();
        try {
            for (int i = 0; i < SHORT.perAddress(); i++) {
                lines.add(new Line(mirror.port()));
                assertThat(lines.getLast().get(REPOMD).status()).isEqualTo(200);
            }
            try (Line surplus = new Line(mirror.port())) {
                assertThat(surplus.in().read()).isEqualTo(-1);
            }
            assertThat(refused(WebReason.TOO_MANY_CONNECTIONS)).isEqualTo(1);
            lines.removeLast().close();
            eventually("room again", () -> mirror.server.traffic().connections() < SHORT.perAddress());
            assertThat(Answer.get(mirror.port(), REPOMD).status()).isEqualTo(200);
        } finally {
            for (Line line : lines) {
                line.close();
            }
        }
    }
}
