package org.ekicho.web.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.ClientGeneration;
import org.ekicho.mirror.settings.ServeSettings;
import org.ekicho.web.WebReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What clients are told when the disk, the system or we ourselves fail: never that something is not there.
class FailuresTest {
    private static final String SNAPSHOT = "/snapshots/base/" + TestMirror.ONE;

    private static final long PATIENCE_NANOS = Line.PATIENCE_MILLIS * 1_000_000L;

    @TempDir
    Path folder;

    private static ServeSettings serve(String listen) {
        return new ServeSettings(
                List.of(listen), List.of(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }

    private interface RepoFiles extends ClientFiles {
        String made() throws IOException;

        @Override
        default String repoFile(ChannelName channel, Optional<ClientGeneration> kind, String base) throws IOException {
            return made();
        }

        @Override
        default Optional<String> adoptScript(String base) {
            throw new IllegalStateException("a mistake in a script");
        }
    }

    private TestMirror mirror(RepoFiles files) throws IOException {
        TestMirror mirror = new TestMirror(folder, serve("127.0.0.1:0"), WebPatience.USUAL, files);
        mirror.file(TestMirror.ONE, "repodata/repomd.xml", "<one/>");
        mirror.file(TestMirror.ONE, "Packages/a.rpm", "a");
        mirror.point(TestMirror.ONE);
        return mirror;
    }

    private static void is503(Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("10");
    }

    @Test
    void what_the_system_does_not_let_us_read_is_503_and_what_is_not_there_404() throws IOException {
        try (TestMirror mirror = mirror(() -> "")) {
            Path loop = folder.resolve("snapshots/base/" + TestMirror.ONE + "/loop.rpm");
            Files.createSymbolicLink(loop, Path.of("loop.rpm"));
            is503(Answer.get(mirror.port(), SNAPSHOT + "/loop.rpm"));
            is503(Answer.get(mirror.port(), SNAPSHOT + "/"));
            for (String path : List.of("/nothing", SNAPSHOT + "/Packages/a.rpm/below", SNAPSHOT + "/%C3%A9")) {
                assertThat(Answer.get(mirror.port(), path).status()).as(path).isEqualTo(404);
            }
            assertThat(Answer.get(mirror.port(), SNAPSHOT + "/" + "%C3%A9".repeat(128))
                            .status())
                    .as("more bytes than a name may have")
                    .isEqualTo(414);
            assertThat(mirror.server.traffic().refused()).contains(new WebTraffic.Refusals(WebReason.UNREADABLE, 2));
        }
    }

    @Test
    void a_list_of_what_cannot_be_read_is_503() throws IOException {
        try (TestMirror mirror = mirror(() -> "")) {
            Files.delete(folder.resolve("www/latest"));
            Files.createSymbolicLink(folder.resolve("www/latest"), Path.of("latest"));
            is503(Answer.get(mirror.port(), "/mirrorlist/latest/base"));
            is503(Answer.get(mirror.port(), "/metalink/latest/base"));
        }
    }

    @Test
    void a_mistake_of_ours_is_500() throws IOException {
        AtomicInteger kind = new AtomicInteger();
        RepoFiles failing = () -> {
            switch (kind.incrementAndGet()) {
                case 1 -> throw new IllegalStateException("a mistake");
                case 2 -> throw new StackOverflowError("a mistake");
                default -> throw new IOException("a disk");
            }
        };
        try (TestMirror mirror = mirror(failing)) {
            assertThat(Answer.get(mirror.port(), "/client/latest.repo").status())
                    .isEqualTo(500);
            assertThat(Answer.get(mirror.port(), "/client/latest.repo").status())
                    .isEqualTo(500);
            is503(Answer.get(mirror.port(), "/client/latest.repo"));
            assertThat(Answer.get(mirror.port(), "/adopt.sh").status()).isEqualTo(500);
        }
    }

    @Test
    void pages_beyond_the_room_are_refused_at_once_and_files_are_served_meanwhile() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        try (TestMirror mirror = mirror(() -> {
            try {
                blocked.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "made";
        })) {
            List<Line> waiting = new ArrayList<>();
            for (int i = 0; i <= WebLimits.MAX_PAGES; i++) {
                Line line = new Line(mirror.port());
                line.ask("GET /client/latest.repo HTTP/1.1");
                waiting.add(line);
            }
            long begun = System.nanoTime();
            while (!mirror.server.traffic().refused().contains(new WebTraffic.Refusals(WebReason.BUSY, 1))) {
                assertThat(System.nanoTime() - begun)
                        .as("one of them is one too many")
                        .isLessThan(PATIENCE_NANOS);
                Thread.sleep(5);
            }
            Answer refused = Answer.get(mirror.port(), "/");
            is503(refused);
            assertThat(refused.text()).contains(WebReason.BUSY.sentence());
            assertThat(Answer.get(mirror.port(), SNAPSHOT + "/Packages/a.rpm").text())
                    .isEqualTo("a");
            blocked.countDown();
            int made = 0;
            for (Line line : waiting) {
                made += Answer.read(line.in(), false).text().equals("made") ? 1 : 0;
                line.close();
            }
            assertThat(made).isEqualTo(WebLimits.MAX_PAGES);
            assertThat(Answer.get(mirror.port(), "/").status()).isEqualTo(200);
        }
    }

    @Test
    void a_metalink_tells_of_a_large_index_too() throws IOException {
        try (TestMirror mirror = mirror(() -> "")) {
            String large = "<one><timestamp>17</timestamp>" + "x".repeat(200_000) + "</one>";
            mirror.file(TestMirror.TWO, "repodata/repomd.xml", large);
            mirror.point(TestMirror.TWO);
            assertThat(Answer.get(mirror.port(), "/metalink/latest/base").text())
                    .contains("<size>" + large.length() + "</size>", "<mm0:timestamp>17</mm0:timestamp>");
        }
    }

    @Test
    void says_who_has_the_port_and_what_to_do() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            assertThatThrownBy(() -> new TestMirror(folder.resolve("one"), serve(address)))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("cannot listen on " + address + " for HTTP: ")
                    .hasMessageContaining("(pid " + ProcessHandle.current().pid())
                    .hasMessageContaining("listens there; end it")
                    .hasMessageContaining("name another port in listen");
        }
        assertThatThrownBy(() -> new TestMirror(folder.resolve("other"), serve("203.0.113.7:8080")))
                .hasMessageContaining(
                        "cannot listen on 203.0.113.7:8080 for HTTP: this host does not have the address");
    }

    @Test
    void one_line_a_minute_tells_of_failures_and_how_many_there_were() {
        FailureLog.Pace pace = new FailureLog.Pace();
        assertThat(pace.take(5)).isZero();
        assertThat(pace.take(6)).isEqualTo(-1);
        assertThat(pace.take(4 + FailureLog.PAUSE_NANOS)).isEqualTo(-1);
        assertThat(pace.take(5 + FailureLog.PAUSE_NANOS)).isEqualTo(2);
        assertThat(pace.take(6 + FailureLog.PAUSE_NANOS)).isEqualTo(-1);
    }
}
