package org.ekicho.web.server;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.ekicho.web.files.ServedFolder;
import org.ekicho.web.log.AccessLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves the mirror's folder over HTTP/1.1 and HTTP/2, plain and with TLS. Each core has an event loop with
/// connections of its own.
public final class WebServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
    /// Threads of the HTTP server's own.
    private static final int OWN_THREADS = 2;
    private static final long START_SECONDS = 30;
    private static final long END_SECONDS = 5;
    private static final int BACKLOG = 4_096;

    private final Vertx vertx;
    private final WebSettings settings;
    private final WebPatience patience;
    private final Counters counters;
    private final AccessLog log;
    private final List<EventLoop> loops = Collections.synchronizedList(new ArrayList<>());
    private final List<String> listening;
    private Optional<TlsFiles> tls;

    /// Opens all sockets.
    ///
    /// @param generation the number of the folder's generation file, now
    /// @param log        where requests are written; whoever opened it runs it
    /// @throws IOException when a socket cannot be opened or a file not be read: the message says what to do
    public WebServer(WebSettings settings, LongSupplier generation, ClientFiles clients, AccessLog log)
            throws IOException {
        this(settings, generation, clients, log, WebPatience.USUAL);
    }

    WebServer(WebSettings settings, LongSupplier generation, ClientFiles clients, AccessLog log, WebPatience patience)
            throws IOException {
        this.settings = settings;
        this.patience = patience;
        this.counters = new Counters(patience.perAddress());
        this.log = log;
        this.tls = TlsFiles.read(settings.serve());
        ServedFolder folder = new ServedFolder(settings.folder(), generation, () -> System.currentTimeMillis() / 1000);
        Routes routes = new Routes(folder, settings.url(), clients);
        List<HttpServerOptions> doors = doors();
        int count = Math.min(Runtime.getRuntime().availableProcessors(), WebLimits.MAX_LOOPS);
        vertx = Vertx.builder()
                .with(new VertxOptions()
                        .setEventLoopPoolSize(count)
                        .setWorkerPoolSize(OWN_THREADS)
                        .setInternalBlockingPoolSize(OWN_THREADS)
                        .setFileSystemOptions(new FileSystemOptions()
                                .setFileCachingEnabled(false)
                                .setClassPathResolvingEnabled(false)))
                .withTransport(new Entrance(counters, patience))
                .build();
        EventLoop.Shared shared = new EventLoop.Shared(
                new SlowWork(vertx.createSharedWorkerExecutor("pages", WebLimits.PAGE_THREADS), WebLimits.MAX_PAGES),
                new SlowWork(vertx.createSharedWorkerExecutor("looks", WebLimits.LOOK_THREADS), WebLimits.MAX_LOOKS),
                new FailureLog(),
                settings.serve().siblings());
        try {
            await(
                    vertx.deployVerticle(
                            () -> {
                                EventLoop loop = new EventLoop(doors, routes, shared, counters, patience, log);
                                loops.add(loop);
                                return loop;
                            },
                            new DeploymentOptions().setInstances(count)),
                    START_SECONDS);
        } catch (IOException e) {
            close();
            throw e;
        }
        listening = addresses(doors);
    }

    private List<HttpServerOptions> doors() throws IOException {
        List<HttpServerOptions> doors = new ArrayList<>();
        for (String text : settings.serve().listen()) {
            doors.add(door(ListenAddress.parse(text)));
        }
        for (String text : settings.serve().tlsListen()) {
            doors.add(door(ListenAddress.parse(text))
                    .setSsl(true)
                    .setUseAlpn(true)
                    .setKeyCertOptions(tls.orElseThrow().options()));
        }
        if (doors.isEmpty()) {
            throw new IOException(
                    "the mirror is to be served nowhere; name an address, e.g. listen = [\"0.0.0.0:80\"]");
        }
        return doors;
    }

    private HttpServerOptions door(ListenAddress address) {
        return new HttpServerOptions()
                .setHost(address.host())
                .setPort(address.port())
                .setAcceptBacklog(BACKLOG)
                .setMaxInitialLineLength(WebLimits.MAX_REQUEST_LINE)
                .setMaxHeaderSize(WebLimits.MAX_HEADERS)
                .setIdleTimeout((int) patience.silenceSeconds())
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setInitialSettings(new Http2Settings()
                        .setMaxConcurrentStreams(WebLimits.MAX_STREAMS)
                        .setMaxHeaderListSize(WebLimits.MAX_HEADERS));
    }

    /// Where it listens, with the ports that were chosen.
    public List<String> listening() {
        return listening;
    }

    private List<String> addresses(List<HttpServerOptions> doors) {
        List<String> addresses = new ArrayList<>();
        List<HttpServer> servers = loops.getFirst().servers();
        for (int i = 0; i < doors.size(); i++) {
            HttpServerOptions door = doors.get(i);
            addresses.add((door.isSsl() ? "https://" : "http://")
                    + new ListenAddress(door.getHost(), servers.get(i).actualPort()));
        }
        return List.copyOf(addresses);
    }

    /// What happened since the start.
    public WebTraffic traffic() {
        return counters.traffic(log);
    }

    /// Reads certificate and key again; new connections use them when they changed. When they cannot be read, or
    /// are none, the old ones stay.
    ///
    /// @return whether they changed
    /// @throws IOException the message says why not
    public synchronized boolean reloadTls() throws IOException {
        Optional<TlsFiles> fresh = TlsFiles.read(settings.serve());
        if (fresh.equals(tls) || fresh.isEmpty()) {
            return false;
        }
        for (HttpServer server : List.copyOf(loops).stream()
                .flatMap(loop -> loop.servers().stream())
                .toList()) {
            // A plain server has nothing to update.
            if (settings.serve().tlsListen().isEmpty()) {
                continue;
            }
            await(
                    server.updateSSLOptions(new ServerSSLOptions()
                            .setKeyCertOptions(fresh.get().options())
                            .setUseAlpn(true)),
                    START_SECONDS);
        }
        tls = fresh;
        return true;
    }

    private static void await(Future<?> future, long seconds) throws IOException {
        try {
            future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("the HTTP server did not answer for " + seconds + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static IOException failure(Throwable cause) {
        return switch (cause) {
            case IOException io -> io;
            default -> new IOException("the HTTP server: " + cause, cause);
        };
    }

    @Override
    public void close() {
        try {
            await(vertx.close(), END_SECONDS);
        } catch (IOException e) {
            LOG.warn("ending the HTTP server: {}", e.getMessage());
        }
    }
}
