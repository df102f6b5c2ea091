package org.ekicho.lab.torture;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.ekicho.daemon.mirror.index.IndexProgress;
import org.ekicho.daemon.mirror.index.IndexSettings;
import org.ekicho.daemon.mirror.index.Indexer;
import org.ekicho.mirror.settings.ClientGeneration;

/// A vendor's server, a little slow, whose repository is another one from one moment to the next. The revision of its
/// repomd.xml counts the generations.
final class MovingUpstream implements AutoCloseable {
    private static final int LONGEST_DELAY_MILLIS = 12;

    private final Path folder;
    private final GrowingPackages packages;
    private final HttpServer server;
    private final ExecutorService workers = Executors.newFixedThreadPool(4);
    private volatile Path current;
    private int generation;

    MovingUpstream(Path folder, Random dice) throws IOException {
        this.folder = folder;
        this.packages = new GrowingPackages("base", folder.resolve("pool"), dice);
        this.current = folder;
        advance();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(workers);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /// Names of packages that every generation has.
    List<String> constant() {
        return packages.constant();
    }

    int generation() {
        return generation;
    }

    /// Moves on to the next generation.
    void advance() throws IOException {
        generation++;
        packages.advance();
        Path next = folder.resolve("generation-" + generation);
        packages.writeTo(next);
        IndexSettings settings = IndexSettings.of(next, ClientGeneration.EL9)
                .with(new IndexSettings.Head(
                        Optional.of(String.valueOf(generation)), IndexSettings.Timestamps.OF_THE_FILES, List.of()));
        new Indexer(settings, Optional.empty(), InstantSource.system()).run(IndexProgress.NONE);
        current = next;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Path root = current;
            Path file = root.resolve(exchange.getRequestURI().getPath().substring(1))
                    .normalize();
            Thread.sleep(ThreadLocalRandom.current().nextInt(LONGEST_DELAY_MILLIS));
            if (!file.startsWith(root) || !Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            byte[] bytes = Files.readAllBytes(file);
            exchange.sendResponseHeaders(200, bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                int half = bytes.length / 2;
                out.write(bytes, 0, half);
                out.flush();
                Thread.sleep(ThreadLocalRandom.current().nextInt(LONGEST_DELAY_MILLIS));
                out.write(bytes, half, bytes.length - half);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
