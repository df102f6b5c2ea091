package org.ekicho.lab.mirror;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// A web server of many repositories, on this machine's loopback, that misbehaves when told to.
final class BadUpstream implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, WebRepo> repos = new ConcurrentHashMap<>();
    private final Map<String, Fault> faults = new ConcurrentHashMap<>();

    private BadUpstream() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    static BadUpstream open() {
        try {
            return new BadUpstream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Answers one request in another way.
    @FunctionalInterface
    interface Fault {
        /// @param content of the file; empty when there is none
        void answer(HttpExchange exchange, byte[] content) throws IOException;
    }

    /// The address of a repository.
    String address(String repo) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + repo + "/";
    }

    void has(String repo, WebRepo state) {
        repos.put(repo, state);
    }

    /// Every path of a repository that ends so is answered by the fault.
    void fails(String repo, String end, Fault fault) {
        faults.put(repo + "/ " + end, fault);
    }

    void behaves() {
        faults.clear();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    static Fault status(int status) {
        return (exchange, content) -> send(exchange, status, new byte[0]);
    }

    static Fault body(byte[] body) {
        return (exchange, content) -> send(exchange, 200, body);
    }

    /// A login page, as hotels and proxies have it, with status 200.
    static Fault loginPage() {
        return (exchange, content) -> {
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            send(exchange, 200, "<html><body>Please log in</body></html>".getBytes(StandardCharsets.UTF_8));
        };
    }

    /// Half of the file, as if that were all of it.
    static Fault half() {
        return (exchange, content) -> send(exchange, 200, Arrays.copyOf(content, content.length / 2));
    }

    /// As many bytes as there should be, and other ones.
    static Fault garbage() {
        return (exchange, content) -> {
            byte[] other = content.clone();
            for (int i = 0; i < other.length; i++) {
                other[i] ^= 0x55;
            }
            send(exchange, 200, other);
        };
    }

    /// The connection ends before the file does, at some byte, whatever range was asked for.
    static Fault closesSomewhere(long seed) {
        Random random = new Random(seed);
        return (exchange, content) -> {
            int start = start(exchange).orElse(0);
            byte[] rest = Arrays.copyOfRange(content, start, content.length);
            int some;
            synchronized (random) {
                some = 1 + random.nextInt(rest.length);
            }
            head(exchange, start, content.length);
            exchange.getResponseBody().write(rest, 0, some);
            exchange.getResponseBody().flush();
            exchange.close();
        };
    }

    /// The connection ends before the first byte.
    static Fault closesAtOnce() {
        return (exchange, content) -> {
            exchange.sendResponseHeaders(200, Math.max(1, content.length));
            exchange.getResponseBody().flush();
            exchange.close();
        };
    }

    /// Another text each time, as of an upstream that is in the middle of a change.
    static Fault anotherEachTime() {
        AtomicInteger times = new AtomicInteger();
        return (exchange, content) -> {
            String text = new String(content, StandardCharsets.UTF_8) + "<!-- " + times.incrementAndGet() + " -->\n";
            send(exchange, 200, text.getBytes(StandardCharsets.UTF_8));
        };
    }

    /// Bytes without end.
    static Fault endless() {
        return (exchange, content) -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] block = new byte[1 << 16];
            Arrays.fill(block, (byte) ' ');
            try (OutputStream out = exchange.getResponseBody()) {
                for (long i = 0; i < 1 << 20; i++) {
                    out.write(block);
                }
            }
        };
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static Optional<Integer> start(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"))
                .map(range -> Integer.parseInt(range.replaceAll("bytes=([0-9]+)-", "$1")));
    }

    private static void head(HttpExchange exchange, int start, int length) throws IOException {
        if (start > 0) {
            exchange.getResponseHeaders().add("Content-Range", "bytes " + start + "-" + (length - 1) + "/" + length);
        }
        exchange.sendResponseHeaders(start > 0 ? 206 : 200, length - start);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring(1);
            int slash = Math.max(0, path.indexOf('/'));
            String repo = path.substring(0, slash);
            String file = path.substring(Math.min(path.length(), slash + 1));
            byte[] content = repos.containsKey(repo) ? repos.get(repo).file(file) : new byte[0];
            Optional<Fault> fault = faults.entrySet().stream()
                    .filter(each -> each.getKey().startsWith(repo + "/ "))
                    .filter(each -> file.endsWith(each.getKey().substring(repo.length() + 2)))
                    .map(Map.Entry::getValue)
                    .findFirst();
            if (fault.isPresent()) {
                fault.get().answer(exchange, content);
            } else if (content.length == 0) {
                send(exchange, 404, new byte[0]);
            } else {
                int start = start(exchange).orElse(0);
                head(exchange, start, content.length);
                exchange.getResponseBody().write(content, start, content.length - start);
            }
        }
    }
}
