package org.ekicho.web.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BootServerTest {
    @TempDir
    Path folder;

    private final List<BootSent> sent = Collections.synchronizedList(new ArrayList<>());
    private final List<BootRequest> asked = Collections.synchronizedList(new ArrayList<>());
    private final HttpClient client = HttpClient.newHttpClient();
    private BootServer server;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(folder.resolve("kernel"), "0123456789");
        Files.writeString(folder.resolve("empty"), "");
        server = new BootServer("127.0.0.1", 0, new BootDoor() {
            @Override
            public BootAnswer answer(BootRequest request) throws IOException {
                asked.add(request);
                return switch (request.path()) {
                    case "/kernel" -> new BootAnswer.File(folder.resolve("kernel"), "application/octet-stream");
                    case "/empty" -> new BootAnswer.File(folder.resolve("empty"), "text/plain");
                    case "/gone" -> new BootAnswer.File(folder.resolve("gone"), "text/plain");
                    case "/script" -> BootAnswer.text(200, "#!ipxe\n");
                    case "/burnt" -> BootAnswer.text(410, "it was used\n");
                    default -> BootAnswer.text(404, "no\n");
                };
            }

            @Override
            public void sent(BootRequest request, BootSent what) {
                sent.add(what);
            }
        });
    }

    @AfterEach
    void stop() {
        server.close();
        client.close();
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(server.listening() + path));
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofString());
    }

    private BootSent last() throws InterruptedException {
        for (int i = 0; i < 200 && sent.isEmpty(); i++) Thread.sleep(10);
        return sent.getLast();
    }

    @Test
    void a_file_whole_a_part_of_it_and_its_size() throws Exception {
        assertThat(send(to("/kernel").build()).body()).isEqualTo("0123456789");
        assertThat(last().isWhole()).isTrue();
        HttpResponse<String> part =
                send(to("/kernel").header("Range", "bytes=4-6").build());
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("456");
        assertThat(part.headers().firstValue("Content-Range")).contains("bytes 4-6/10");
        HttpResponse<String> head =
                send(to("/kernel").method("HEAD", BodyPublishers.noBody()).build());
        assertThat(head.headers().firstValue("Content-Length")).contains("10");
        assertThat(head.body()).isEmpty();
        assertThat(send(to("/kernel").header("Range", "bytes=10-").build()).statusCode())
                .isEqualTo(416);
        assertThat(send(to("/empty").build()).body()).isEmpty();
    }

    @Test
    void the_last_part_of_a_resumed_download_makes_it_whole() throws Exception {
        send(to("/kernel").header("Range", "bytes=4-").build());
        assertThat(last()).matches(BootSent::isWhole);
        sent.clear();
        send(to("/kernel").header("Range", "bytes=0-3").build());
        assertThat(last().isWhole()).isFalse();
    }

    @Test
    void http_of_1996_gets_a_length_and_an_end() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write("GET /script HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.").contains("200 OK").containsIgnoringCase("content-length: 7");
            assertThat(answer).endsWith("\r\n\r\n#!ipxe\n");
        }
    }

    @Test
    void two_slashes_mean_one_and_the_query_is_taken_apart() throws Exception {
        send(to("//script?mac=52%3A54%3A00%3A77%3A00%3A01&p=a+b")
                .header("X-System-Serial-Number", "S1")
                .build());
        BootRequest request = asked.getLast();
        assertThat(request.path()).isEqualTo("/script");
        assertThat(request.ask("mac")).contains("52:54:00:77:00:01");
        assertThat(request.ask("p")).contains("a b");
        assertThat(request.headers()).containsEntry("x-system-serial-number", "S1");
    }

    @Test
    void a_report_has_a_body() throws Exception {
        send(to("/script").POST(BodyPublishers.ofString("packages done")).build());
        assertThat(asked.getLast().body()).isEqualTo("packages done");
        send(to("/script").POST(BodyPublishers.ofByteArray(new byte[200_000])).build());
        assertThat(asked.getLast().body().length()).isLessThanOrEqualTo(BootServer.MAX_BODY);
    }

    @Test
    void statuses_are_as_decided_and_a_failure_is_no_404() throws Exception {
        assertThat(send(to("/burnt").build()).statusCode()).isEqualTo(410);
        assertThat(send(to("/other").build()).statusCode()).isEqualTo(404);
        assertThat(send(to("/gone").build()).statusCode()).isEqualTo(503);
        assertThat(send(to("/../etc/passwd").build()).statusCode()).isEqualTo(404);
        assertThat(send(to("/script").method("DELETE", BodyPublishers.noBody()).build())
                        .statusCode())
                .isEqualTo(405);
    }

    @Test
    void a_port_in_use_is_said() {
        assertThatThrownBy(() -> new BootServer("127.0.0.1", server.port(), new BootDoor() {
                    @Override
                    public BootAnswer answer(BootRequest request) {
                        return BootAnswer.text(200, "");
                    }

                    @Override
                    public void sent(BootRequest request, BootSent what) {}
                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("http-port");
    }
}
