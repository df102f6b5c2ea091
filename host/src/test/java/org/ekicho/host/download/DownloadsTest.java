package org.ekicho.host.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ekicho.host.download.DownloadRequest.Resume;
import org.ekicho.host.download.DownloadResult.Done;
import org.ekicho.host.download.DownloadResult.Failed;
import org.ekicho.host.download.DownloadResult.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DownloadsTest {
    private static final byte[] CONTENT = "0123456789".getBytes(StandardCharsets.US_ASCII);
    private static final String MD5 = "781e5e245d69b566979b86e28d23f2c7";

    @TempDir
    private Path folder;

    private HttpServer server;
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void computes_digests_while_it_writes() throws IOException {
        serve("/f", exchange -> answer(exchange, 200, CONTENT));
        Done done = (Done) fetch(DownloadRequest.anew(at("/f"), target(), 100, "SHA-256", "MD5"));
        assertThat(done.digests()).containsEntry("MD5", MD5).containsKey("SHA-256");
        assertThat(target()).hasBinaryContent(CONTENT);
        assertThat(done.received()).isEqualTo(CONTENT.length);
    }

    @Test
    void refuses_more_than_the_limit_and_another_size() throws IOException {
        serve("/f", exchange -> answer(exchange, 200, CONTENT));
        assertThat(failure(DownloadRequest.anew(at("/f"), target(), 9))).isEqualTo(Failure.TOO_LARGE);
        assertThat(failure(new DownloadRequest(at("/f"), target(), List.of(), OptionalLong.of(11), 100, Resume.NEVER)))
                .isEqualTo(Failure.WRONG_SIZE);
    }

    @Test
    void refuses_more_than_the_limit_of_an_endless_body() throws IOException {
        serve("/f", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 1000; i++) {
                exchange.getResponseBody().write(new byte[1000]);
            }
            exchange.close();
        });
        assertThat(failure(DownloadRequest.anew(at("/f"), target(), 300_000))).isEqualTo(Failure.TOO_LARGE);
    }

    @Test
    void continues_a_part_when_the_server_still_has_the_same_file() throws IOException {
        serve("/f", exchange -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            seen.add(range + " " + exchange.getRequestHeaders().getFirst("If-Range"));
            exchange.getResponseHeaders().add("ETag", "\"one\"");
            if (range == null) {
                exchange.sendResponseHeaders(200, CONTENT.length);
                exchange.getResponseBody().write(CONTENT, 0, 4);
                exchange.getResponseBody().flush();
                exchange.close();
            } else {
                exchange.getResponseHeaders().add("Content-Range", "bytes 4-9/10");
                answer(exchange, 206, "456789".getBytes(StandardCharsets.US_ASCII));
            }
        });
        DownloadRequest request =
                new DownloadRequest(at("/f"), target(), List.of("MD5"), OptionalLong.empty(), 100, Resume.SAME_FILE);
        assertThat(failure(request)).isEqualTo(Failure.CUT_OFF);
        Done done = (Done) fetch(request);
        assertThat(done.digests()).containsEntry("MD5", MD5);
        assertThat(done.received()).isEqualTo(6);
        assertThat(seen).containsExactly("null null", "bytes=4- \"one\"");
    }

    @Test
    void begins_anew_when_the_range_cannot_be_had() throws IOException {
        Files.write(target(), new byte[50]);
        serve("/f", exchange -> {
            boolean ranged = exchange.getRequestHeaders().getFirst("Range") != null;
            answer(exchange, ranged ? 416 : 200, ranged ? new byte[0] : CONTENT);
        });
        Done done = (Done) fetch(
                new DownloadRequest(at("/f"), target(), List.of("MD5"), OptionalLong.empty(), 100, Resume.ANY_SERVER));
        assertThat(done.digests()).containsEntry("MD5", MD5);
    }

    @Test
    void refuses_a_range_that_was_not_asked_for() throws IOException {
        Files.write(target(), new byte[4]);
        serve("/f", exchange -> {
            exchange.getResponseHeaders().add("Content-Range", "bytes 0-9/10");
            answer(exchange, 206, CONTENT);
        });
        assertThat(failure(new DownloadRequest(
                        at("/f"), target(), List.of(), OptionalLong.of(10), 100, Resume.ANY_SERVER)))
                .isEqualTo(Failure.MALFORMED);
    }

    @Test
    void sends_the_login_to_the_first_server_only_and_shows_it_to_nobody() throws IOException {
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        other.start();
        try {
            other.createContext("/g", exchange -> {
                seen.add("other " + exchange.getRequestHeaders().getFirst("Authorization"));
                answer(exchange, 200, CONTENT);
            });
            String target = "http://127.0.0.1:" + other.getAddress().getPort() + "/g";
            serve("/f", exchange -> {
                seen.add("first " + exchange.getRequestHeaders().getFirst("Authorization"));
                exchange.getResponseHeaders().add("Location", target);
                answer(exchange, 302, new byte[0]);
            });
            URI secret = URI.create(at("/f").toString().replace("http://", "http://me:pass@"));
            Done done = (Done) fetch(DownloadRequest.anew(secret, target(), 100));
            assertThat(seen).containsExactly("first Basic bWU6cGFzcw==", "other null");
            assertThat(done.from()).isEqualTo(target);
            assertThat(Addresses.shown(secret)).doesNotContain("pass");
        } finally {
            other.stop(0);
        }
    }

    @Test
    void a_login_goes_to_the_servers_that_the_admin_named_and_to_no_other() throws IOException {
        serve("/f", exchange -> {
            seen.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            answer(exchange, 200, CONTENT);
        });
        String own = at("/").toString();
        for (String named : new String[] {own + "other/repo/", "http://mirror.example/", "http://127.0.0.1/"}) {
            DownloadSettings settings = new DownloadSettings(
                    "test",
                    Optional.empty(),
                    Optional.of(
                            DownloadSettings.ServerLogin.of(new DownloadSettings.Login("me", "pass"), List.of(named))),
                    DownloadSettings.Tls.SYSTEM,
                    DownloadSettings.Patience.DEFAULT,
                    1);
            try (Downloads some = Downloads.open(settings, Bandwidth.unlimited(), new Traffic())) {
                assertThat(some.fetch(DownloadRequest.anew(at("/f"), target(), 100)))
                        .isInstanceOf(Done.class);
            }
        }
        assertThat(seen).containsExactly("Basic bWU6cGFzcw==", "null", "null");
    }

    @Test
    void tells_what_is_missing_forbidden_or_not_there() throws IOException {
        serve("/403", exchange -> answer(exchange, 403, CONTENT));
        assertThat(failure(DownloadRequest.anew(at("/none"), target(), 9))).isEqualTo(Failure.NOT_FOUND);
        assertThat(failure(DownloadRequest.anew(at("/403"), target(), 9))).isEqualTo(Failure.NOT_ALLOWED);
        assertThat(failure(DownloadRequest.anew(URI.create("ftp://127.0.0.1/f"), target(), 9)))
                .isEqualTo(Failure.NOT_SPOKEN);
        int closed = server.getAddress().getPort();
        server.stop(0);
        assertThat(failure(DownloadRequest.anew(URI.create("http://127.0.0.1:" + closed + "/"), target(), 9)))
                .isEqualTo(Failure.UNREACHABLE);
    }

    @Test
    void copies_a_file_of_this_host() throws IOException {
        Path source = Files.write(folder.resolve("a b"), CONTENT);
        Done done = (Done) fetch(DownloadRequest.anew(source.toUri(), target(), 100, "MD5"));
        assertThat(done.digests()).containsEntry("MD5", MD5);
        assertThat(failure(DownloadRequest.anew(source.resolveSibling("none").toUri(), target(), 100)))
                .isEqualTo(Failure.NOT_FOUND);
    }

    @Test
    void keeps_to_the_bandwidth() throws IOException {
        serve("/f", exchange -> answer(exchange, 200, new byte[3000]));
        DownloadSettings settings = DownloadSettings.of("test", 1);
        long before = System.nanoTime();
        try (Downloads downloads = Downloads.open(settings, Bandwidth.of(OptionalLong.of(6000)), new Traffic())) {
            downloads.fetch(DownloadRequest.anew(at("/f"), target(), 5000));
        }
        // 3000 bytes at 6000 a second, of which a quarter of a second was in the bucket.
        assertThat(System.nanoTime() - before).isGreaterThan(200_000_000L);
    }

    @Test
    void writes_an_address_as_urls_need_it() {
        assertThat(Addresses.join("http://h/r", "a/b c^d%2B+é.rpm").orElseThrow())
                .hasToString("http://h/r/a/b%20c%5ed%2B+%c3%a9.rpm");
        assertThat(Addresses.parse("http:///nohost")).isEqualTo(Optional.empty());
    }

    @Test
    void refuses_a_proxy_that_speaks_no_http() {
        DownloadSettings settings = new DownloadSettings(
                "test",
                Optional.of(new DownloadSettings.Proxy("socks5://user:pw@h:1", Optional.empty())),
                Optional.empty(),
                DownloadSettings.Tls.SYSTEM,
                DownloadSettings.Patience.DEFAULT,
                1);
        assertThatThrownBy(() -> Downloads.open(settings, Bandwidth.unlimited(), new Traffic()))
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("pw");
    }

    private Failure failure(DownloadRequest request) throws IOException {
        return ((Failed) fetch(request)).failure();
    }

    private static DownloadResult fetch(DownloadRequest request) throws IOException {
        try (Downloads downloads =
                Downloads.open(DownloadSettings.of("test", 2), Bandwidth.unlimited(), new Traffic())) {
            return downloads.fetch(request);
        }
    }

    private void serve(String path, HttpHandler handler) {
        server.createContext(path, handler);
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private Path target() {
        return folder.resolve("target");
    }
}
