package org.ekicho.daemon.mirror.sync;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A server of a repository that can be told to misbehave.
final class PretendUpstream implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Fault> faults = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile PretendRepo repo;

    private PretendUpstream(PretendRepo repo) throws IOException {
        this.repo = repo;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /// Answers one request in another way.
    interface Fault {
        /// @param content of the file; empty when there is none
        void answer(HttpExchange exchange, byte[] content) throws IOException;
    }

    static PretendUpstream serve(PretendRepo repo) {
        try {
            return new PretendUpstream(repo);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/repo/";
    }

    /// From now on it has this.
    void has(PretendRepo other) {
        repo = other;
    }

    /// Every path that ends so is answered by the fault.
    void fails(String suffix, Fault fault) {
        faults.put(suffix, fault);
    }

    void behaves() {
        faults.clear();
    }

    /// What was asked for, with the range if there was one.
    List<String> asked() {
        return List.copyOf(asked);
    }

    void forget() {
        asked.clear();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    /// The length is right, the connection ends before.
    static void cut(HttpExchange exchange, byte[] body, int after) throws IOException {
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body, 0, Math.min(after, body.length - 1));
        exchange.getResponseBody().flush();
        exchange.close();
    }

    static void page(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "text/html");
        send(exchange, 200, "<html><body>Please log in</body></html>".getBytes(StandardCharsets.UTF_8));
    }

    /// As a good server does, ranges included.
    static void serve(HttpExchange exchange, byte[] content) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        if (range == null) {
            send(exchange, 200, content);
            return;
        }
        int start = Integer.parseInt(range.replaceAll("bytes=([0-9]+)-", "$1"));
        exchange.getResponseHeaders()
                .add("Content-Range", "bytes " + start + "-" + (content.length - 1) + "/" + content.length);
        send(exchange, 206, Arrays.copyOfRange(content, start, content.length));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().replaceFirst("^/repo/", "");
            String range = exchange.getRequestHeaders().getFirst("Range");
            asked.add(path + (range == null ? "" : " " + range));
            byte[] content = repo.files().getOrDefault(path, new byte[0]);
            Fault fault = faults.entrySet().stream()
                    .filter(entry -> path.endsWith(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(null);
            if (fault != null) {
                fault.answer(exchange, content);
            } else if (content.length == 0) {
                send(exchange, 404, new byte[0]);
            } else {
                serve(exchange, content);
            }
        }
    }
}
