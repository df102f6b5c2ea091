package org.ekicho.web.server;

import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ekicho.web.WebReason;
import org.ekicho.web.log.AccessLog;
import org.ekicho.web.log.LogPen;
import org.ekicho.web.range.Conditions;
import org.jspecify.annotations.Nullable;

/// One event loop: its connections, its pen, its clock. All of it runs on one thread.
final class EventLoop extends VerticleBase {
    /// Where another port is named.
    private static final String SETTING = "listen (with \"mirror serve\": --listen)";

    /// How often overdue connections are looked for.
    private static final long SWEEP_MILLIS = 1_000;
    /// How old a line may grow before it is handed to the writer.
    private static final long FLUSH_MILLIS = 200;

    private final List<HttpServerOptions> doors;
    private final Routes routes;
    private final Shared shared;
    private final Counters counters;
    private final WebPatience patience;
    private final LogPen pen;
    private final OpenFiles files = new OpenFiles();
    private final Map<HttpConnection, Peer> peers = new HashMap<>();
    private final List<HttpServer> servers = new ArrayList<>();
    private @Nullable Siblings siblings;
    private long second;
    private String date = "";

    /// What all event loops have together.
    record Shared(SlowWork pages, SlowWork looks, FailureLog failures, List<String> siblings) {}

    EventLoop(
            List<HttpServerOptions> doors,
            Routes routes,
            Shared shared,
            Counters counters,
            WebPatience patience,
            AccessLog log) {
        this.doors = doors;
        this.routes = routes;
        this.shared = shared;
        this.counters = counters;
        this.patience = patience;
        this.pen = log.pen();
    }

    @Override
    public Future<?> start() {
        siblings = new Siblings(vertx, shared.siblings());
        vertx.setPeriodic(SWEEP_MILLIS, id -> sweep());
        vertx.setPeriodic(FLUSH_MILLIS, id -> pen.flush());
        List<Future<HttpServer>> opened = new ArrayList<>();
        for (HttpServerOptions door : doors) {
            HttpServer server = vertx.createHttpServer(door)
                    .connectionHandler(this::connected)
                    .requestHandler(this::handle)
                    .invalidRequestHandler(this::malformed);
            servers.add(server);
            opened.add(server.listen()
                    .recover(why ->
                            Future.failedFuture(TakenPort.explain(door.getHost(), door.getPort(), SETTING, why))));
        }
        return Future.all(opened);
    }

    @Override
    public Future<?> stop() {
        pen.flush();
        return Future.succeededFuture();
    }

    /// The servers of this loop, in the order of the doors.
    List<HttpServer> servers() {
        return servers;
    }

    /// The files that are sent.
    OpenFiles files() {
        return files;
    }

    Counters counters() {
        return counters;
    }

    private void connected(HttpConnection connection) {
        Channel channel = ((ConnectionBase) connection).channel();
        Entrance.asked(channel);
        peers.put(connection, new Peer(channel, connection.remoteAddress().hostAddress(), patience, System.nanoTime()));
        connection.closeHandler(closed -> peers.remove(connection));
    }

    private void handle(HttpServerRequest request) {
        Peer peer = peers.get(request.connection());
        if (peer == null) {
            // It was closed meanwhile.
            return;
        }
        Exchange exchange = new Exchange(request, peer, this);
        HttpMethod method = request.method();
        if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
            answer(exchange);
        } else {
            exchange.response().putHeader(Names.ALLOW, "GET, HEAD").putHeader("Connection", "close");
            exchange.refuse(405, WebReason.METHOD);
            // A body is not read: what it holds is no request.
            request.connection().shutdown();
        }
    }

    /// A mistake of ours must not leave a client waiting, nor take the other connections of the loop with it.
    private void answer(Exchange exchange) {
        try {
            routes.answer(exchange);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            exchange.failed(e);
        }
    }

    /// A request that breaks HTTP, or whose head is too large: answered and hung up.
    private void malformed(HttpServerRequest request) {
        Peer peer = peers.get(request.connection());
        if (peer == null) {
            return;
        }
        Throwable cause = request.decoderResult().cause();
        int status = switch (cause) {
            case io.netty.handler.codec.http.TooLongHttpLineException line -> 414;
            case io.netty.handler.codec.http.TooLongHttpHeaderException header -> 431;
            case null, default -> 400;
        };
        Exchange exchange = new Exchange(request, peer, this);
        exchange.response().putHeader("Connection", "close");
        exchange.refuse(status, WebReason.MALFORMED);
    }

    private void sweep() {
        long now = System.nanoTime();
        files.sweep(now);
        Map.copyOf(peers).forEach((connection, peer) -> {
            if (!peer.isOverdue(now)) {
                return;
            }
            if (peer.isMerelyIdle() && Entrance.isSent(peer.channel())) {
                connection.close();
            } else {
                counters.refuse(WebReason.TOO_SLOW);
                Entrance.end(peer.channel());
            }
        });
    }

    /// Where folders are read for pages.
    SlowWork pages() {
        return shared.pages();
    }

    /// Where files are looked for.
    SlowWork looks() {
        return shared.looks();
    }

    /// The other servers, as this loop knows them.
    Siblings siblings() {
        return Objects.requireNonNull(siblings, "started");
    }

    /// Where failures are told.
    FailureLog failures() {
        return shared.failures();
    }

    /// The Date header.
    String date() {
        long now = System.currentTimeMillis() / 1000;
        if (now != second) {
            second = now;
            date = Conditions.date(now);
        }
        return date;
    }

    void log(HttpServerRequest request, Peer peer, long bodyBytes) {
        counters.answered(bodyBytes);
        pen.line(
                System.currentTimeMillis() / 1000,
                peer.address(),
                request.method().name(),
                request.uri(),
                protocol(request.version()),
                request.response().getStatusCode(),
                bodyBytes,
                request.getHeader("Referer"),
                request.getHeader("User-Agent"));
    }

    private static String protocol(HttpVersion version) {
        return switch (version) {
            case HTTP_1_0 -> "HTTP/1.0";
            case HTTP_1_1 -> "HTTP/1.1";
            case HTTP_2 -> "HTTP/2.0";
            case HTTP_3 -> "HTTP/3.0";
        };
    }
}
