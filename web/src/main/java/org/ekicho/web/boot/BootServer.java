package org.ekicho.web.boot;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.net.BindException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ekicho.web.path.RequestPath;
import org.ekicho.web.range.ByteRanges;
import org.ekicho.web.server.TakenPort;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves machines that boot. What they get a [BootDoor] decides.
public final class BootServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BootServer.class);
    /// A line of progress or a short log; more is no report.
    static final int MAX_BODY = 64 << 10;
    /// Questions that are decided at once: reading a template takes a millisecond.
    private static final int DECIDING = 4;
    /// A loader that says nothing for so long is gone.
    private static final int SILENCE_SECONDS = 120;

    private static final long START_SECONDS = 30;
    private static final long END_SECONDS = 5;

    private final BootDoor door;
    private final Vertx vertx;
    private final HttpServer server;
    private final String host;

    /// Opens the socket.
    ///
    /// @param host address to listen on
    /// @param port 0: the kernel chooses
    /// @throws IOException when it cannot: the message says what to do
    public BootServer(String host, int port, BootDoor door) throws IOException {
        this.door = door;
        this.host = host;
        vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(Math.min(2, Runtime.getRuntime().availableProcessors()))
                .setWorkerPoolSize(DECIDING)
                .setInternalBlockingPoolSize(DECIDING)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        server = vertx.createHttpServer(new HttpServerOptions()
                        .setHost(host)
                        .setPort(port)
                        .setIdleTimeout(SILENCE_SECONDS)
                        .setIdleTimeoutUnit(TimeUnit.SECONDS)
                        .setMaxInitialLineLength(RequestPath.MAX_LENGTH + 100))
                .requestHandler(this::handle);
        try {
            await(server.listen(), START_SECONDS);
        } catch (IOException e) {
            close();
            throw e.getCause() instanceof BindException taken
                    ? TakenPort.explain(host, port, "http-port of [boot]", taken)
                    : e;
        }
    }

    /// The port that it listens on.
    public int port() {
        return server.actualPort();
    }

    /// Where it listens: `http://10.0.0.1:8080`.
    public String listening() {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port();
    }

    private void handle(HttpServerRequest request) {
        long began = System.nanoTime();
        HttpMethod method = request.method();
        RequestPath path = RequestPath.parse(doubled(request.uri()));
        if (!(path instanceof RequestPath.Plain(String plain, String query))) {
            plain(request, 404, "no such file\n");
            return;
        }
        if (method.equals(HttpMethod.POST)) {
            withBody(request, plain, query, began);
        } else if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
            decide(request, told(request, plain, query, ""), began);
        } else {
            plain(request, 405, "GET, HEAD or POST\n");
        }
    }

    /// shim asks for `//grubx64.efi`: two slashes mean one.
    static String doubled(String target) {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        if (!path.startsWith("/") || !path.contains("//")) {
            return target;
        }
        return path.replaceAll("/{2,}", "/") + (question < 0 ? "" : target.substring(question));
    }

    private void withBody(HttpServerRequest request, String path, String query, long began) {
        Buffer body = Buffer.buffer();
        request.handler(piece -> {
            if (body.length() + piece.length() <= MAX_BODY) body.appendBuffer(piece);
        });
        request.endHandler(
                end -> decide(request, told(request, path, query, body.toString(StandardCharsets.UTF_8)), began));
    }

    private static BootRequest told(HttpServerRequest request, String path, String query, String body) {
        Map<String, String> headers = new HashMap<>();
        request.headers().forEach((name, value) -> {
            String low = name.toLowerCase(Locale.ROOT);
            if (low.startsWith("x-")) headers.putIfAbsent(low, value);
        });
        return new BootRequest(
                request.method().name(),
                path,
                words(query),
                address(request.remoteAddress().hostAddress()),
                new Endpoint(
                        address(request.localAddress().hostAddress()),
                        request.localAddress().port()),
                Optional.ofNullable(request.getHeader("User-Agent")).orElse(""),
                headers,
                body);
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElse(IpAddress.ANY_V4);
    }

    static Map<String, String> words(String query) {
        Map<String, String> words = new HashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) words.putIfAbsent(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
        }
        return words;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private void decide(HttpServerRequest request, BootRequest asked, long began) {
        vertx.executeBlocking(() -> measured(door.answer(asked)), false)
                .onSuccess(answer -> send(request, asked, answer, began))
                .onFailure(failure -> {
                    LOG.error("cannot answer {} {}: {}", asked.method(), asked.path(), failure.getMessage(), failure);
                    door.sent(asked, new BootSent(503, 0, 0, 0, false, System.nanoTime() - began));
                    request.response().putHeader("Retry-After", "5");
                    plain(request, 503, "the station master cannot tell now; try again\n");
                });
    }

    /// An answer with its size, which is looked up where waiting is allowed.
    private record Measured(BootAnswer answer, long size) {}

    private static Measured measured(BootAnswer answer) throws IOException {
        return switch (answer) {
            case BootAnswer.File file -> new Measured(answer, Files.size(file.file()));
            case BootAnswer.Text text -> new Measured(answer, 0);
        };
    }

    private void send(HttpServerRequest request, BootRequest asked, Measured what, long began) {
        HttpServerResponse response = request.response();
        switch (what.answer()) {
            case BootAnswer.Text(int status, String type, String text) -> {
                byte[] body = text.getBytes(StandardCharsets.UTF_8);
                response.setStatusCode(status).putHeader("Content-Type", type);
                response.putHeader("Content-Length", Integer.toString(body.length));
                boolean head = asked.method().equals("HEAD");
                (head ? response.end() : response.end(Buffer.buffer(body)))
                        .onComplete(done -> door.sent(
                                asked,
                                new BootSent(
                                        status,
                                        body.length,
                                        0,
                                        head ? 0 : body.length,
                                        done.succeeded() && !head,
                                        System.nanoTime() - began)));
            }
            case BootAnswer.File file -> file(request, asked, file, what.size(), began);
        }
    }

    private void file(HttpServerRequest request, BootRequest asked, BootAnswer.File file, long size, long began) {
        HttpServerResponse response = request.response();
        response.putHeader("Content-Type", file.type()).putHeader("Accept-Ranges", "bytes");
        String range = request.getHeader("Range");
        long from = 0;
        long length = size;
        int status = 200;
        switch (range == null ? new ByteRanges.Whole() : ByteRanges.parse(range, size)) {
            case ByteRanges.Whole() -> {}
            case ByteRanges.Unsatisfiable() -> {
                response.putHeader("Content-Range", "bytes */" + size);
                door.sent(asked, new BootSent(416, size, 0, 0, false, System.nanoTime() - began));
                plain(request, 416, "");
                return;
            }
            case ByteRanges.Parts(List<ByteRanges.Part> parts) -> {
                // Loaders ask for one part; to whoever asks for several the whole may be sent (RFC 9110 §14.2).
                if (parts.size() == 1) {
                    from = parts.getFirst().from();
                    length = parts.getFirst().length();
                    status = 206;
                    response.putHeader("Content-Range", "bytes " + from + "-" + (from + length - 1) + "/" + size);
                }
            }
        }
        response.setStatusCode(status).putHeader("Content-Length", Long.toString(length));
        int code = status;
        long start = from;
        long bytes = length;
        if (asked.method().equals("HEAD")) {
            response.end();
            door.sent(asked, new BootSent(code, size, start, 0, false, System.nanoTime() - began));
            return;
        }
        Future<Void> sent =
                bytes == 0 ? response.end() : response.sendFile(file.file().toString(), start, bytes);
        sent.onComplete(done -> door.sent(
                asked,
                new BootSent(
                        code,
                        size,
                        start,
                        done.succeeded() ? bytes : Math.min(bytes, response.bytesWritten()),
                        done.succeeded(),
                        System.nanoTime() - began)));
    }

    private static void plain(HttpServerRequest request, int status, String text) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) return;
        response.setStatusCode(status)
                .putHeader("Content-Type", "text/plain")
                .putHeader("Content-Length", Integer.toString(text.length()))
                .end(text);
    }

    private static void await(Future<?> future, long seconds) throws IOException {
        try {
            future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException("the HTTP server: " + cause.getMessage(), cause);
        } catch (TimeoutException e) {
            throw new IOException("the HTTP server did not answer for " + seconds + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        try {
            await(vertx.close(), END_SECONDS);
        } catch (IOException e) {
            LOG.warn("ending the HTTP server of boots: {}", e.getMessage());
        }
    }
}
