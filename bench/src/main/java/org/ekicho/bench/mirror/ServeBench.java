package org.ekicho.bench.mirror;

import java.io.IOException;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `ekicho mirror serve` beside nginx (two workers, sendfile), interleaved, both with an access log, asked by wrk on
/// the same cores. Prints a table in Markdown.
///
/// Arguments: program of Ekicho, folder for work, rounds.
public final class ServeBench {
    private static final int SECONDS = 2;
    /// The compiler of the Java machine has done most of its work then.
    private static final int WARM_SECONDS = 5;
    private static final long START_MILLIS = 60_000;
    private static final String SNAPSHOT = "snapshots/base/20261101T000000Z-00000001";
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");
    private static final Pattern RATE = Pattern.compile("Requests/sec: *([0-9.]+)");

    /// What is asked for.
    ///
    /// @param header one more line of the request; empty: none
    private record Case(String name, int connections, String path, String header) {}

    private static final List<Case> CASES = List.of(
            new Case("3 KB, 16 connections", 16, "/latest/base/repodata/repomd.xml", ""),
            new Case("3 KB, 64 connections", 64, "/latest/base/repodata/repomd.xml", ""),
            new Case(
                    "not modified",
                    16,
                    "/" + SNAPSHOT + "/repodata/repomd.xml",
                    "If-Modified-Since: Thu, 01 Jan 2026 00:00:00 GMT"),
            new Case("package of 152 KB", 16, "/" + SNAPSHOT + "/Packages/small.rpm", ""),
            new Case(
                    "1 MB range of 100 MB", 16, "/" + SNAPSHOT + "/Packages/large.rpm", "Range: bytes=1048576-2097151"),
            new Case("100 MB file", 4, "/" + SNAPSHOT + "/Packages/large.rpm", ""));

    private final PrintStream out;
    private final Path work;

    private ServeBench(PrintStream out, Path work) {
        this.out = out;
        this.work = work;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path work = Path.of(arguments[1]).toAbsolutePath();
        Path mirror = Files.createDirectories(work.resolve("mirror"));
        int ours = freePort();
        // It starts with an empty mirror: opening one clears away what no manifest names.
        Process ekicho = started(
                work.resolve("ekicho.out"),
                arguments[0],
                "mirror",
                "serve",
                "--folder",
                mirror.toString(),
                "--listen",
                "127.0.0.1:" + ours);
        try {
            until(ours, "/");
            fill(mirror);
            int theirs = freePort();
            Process nginx = nginx(work, mirror, theirs);
            try {
                until(theirs, "/latest/base/repodata/repomd.xml");
                new ServeBench(System.out, work).measure(Integer.parseInt(arguments[2]), ours, theirs);
            } finally {
                end(nginx);
            }
        } finally {
            end(ekicho);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    private static Process started(Path out, String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
    }

    private static void end(Process process) throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    private static void until(int port, String path) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        while (true) {
            try {
                HttpURLConnection connection = (HttpURLConnection)
                        URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
                if (connection.getResponseCode() == 200) {
                    return;
                }
                throw new IOException(path + " is answered with " + connection.getResponseCode());
            } catch (IOException e) {
                if (System.nanoTime() - begun > START_MILLIS * 1_000_000) {
                    throw e;
                }
                Thread.sleep(100);
            }
        }
    }

    private static void fill(Path mirror) throws IOException {
        Random random = new Random(1);
        byte[] bytes = new byte[100 << 20];
        random.nextBytes(bytes);
        file(mirror, "repodata/repomd.xml", Base64.getEncoder().encode(Arrays.copyOf(bytes, 2300)));
        file(mirror, "Packages/small.rpm", Arrays.copyOf(bytes, 152_000));
        file(mirror, "Packages/large.rpm", bytes);
        Path channel = Files.createDirectories(mirror.resolve("channels/latest/1"));
        Files.createSymbolicLink(channel.resolve("base"), Path.of("../../../" + SNAPSHOT));
        Files.createDirectories(mirror.resolve("www"));
        Files.createSymbolicLink(mirror.resolve("www/latest"), Path.of("../channels/latest/1"));
        if (Files.notExists(mirror.resolve("www/snapshots"))) {
            Files.createSymbolicLink(mirror.resolve("www/snapshots"), Path.of("../snapshots"));
        }
    }

    private static void file(Path mirror, String path, byte[] content) throws IOException {
        Path file = mirror.resolve(SNAPSHOT).resolve(path);
        Files.createDirectories(file.resolveSibling(""));
        Files.write(file, content);
        Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
    }

    private static Process nginx(Path work, Path mirror, int port) throws IOException {
        Path home = Files.createDirectories(work.resolve("nginx"));
        Path file = home.resolve("nginx.conf");
        Files.writeString(file, """
                %4$sdaemon off;
                worker_processes 2;
                pid %1$s/pid;
                error_log %1$s/error.log;
                events { worker_connections 4096; }
                http {
                  sendfile on; tcp_nopush on; keepalive_requests 1000000000;
                  access_log %1$s/access.log combined;
                  types { text/xml xml; } default_type application/octet-stream;
                  client_body_temp_path %1$s/a; proxy_temp_path %1$s/b; fastcgi_temp_path %1$s/c;
                  uwsgi_temp_path %1$s/d; scgi_temp_path %1$s/e;
                  server { listen 127.0.0.1:%2$d; root %3$s/www; }
                }
                """.formatted(
                        home, port, mirror, System.getProperty("user.name").equals("root") ? "user root;\n" : ""));
        return started(home.resolve("out"), "nginx", "-c", file.toString());
    }

    private void measure(int rounds, int ours, int theirs) throws IOException, InterruptedException {
        Map<Case, List<double[]>> rates = new LinkedHashMap<>();
        for (Case each : CASES) {
            rate(each, ours, WARM_SECONDS);
            rate(each, theirs, 1);
            List<double[]> pairs = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                pairs.add(new double[] {rate(each, theirs, SECONDS), rate(each, ours, SECONDS)});
            }
            rates.put(each, pairs);
        }
        out.printf("%n| requests a second | nginx | Ekicho | ratio |%n|---|---|---|---|%n");
        rates.forEach((each, pairs) -> out.printf(
                Locale.ROOT,
                "| %s | %,.1f | %,.1f | %.2f |%n",
                each.name,
                median(pairs.stream().mapToDouble(pair -> pair[0]).toArray()),
                median(pairs.stream().mapToDouble(pair -> pair[1]).toArray()),
                median(pairs.stream().mapToDouble(pair -> pair[1] / pair[0]).toArray())));
    }

    /// Requests a second.
    private double rate(Case each, int port, int seconds) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("wrk", "-t2", "-c" + each.connections, "-d" + seconds + "s"));
        if (!each.header.isEmpty()) {
            command.addAll(List.of("-H", each.header));
        }
        command.add("http://127.0.0.1:" + port + each.path);
        Path said = work.resolve("wrk.out");
        Process wrk = started(said, command.toArray(new String[0]));
        int code = wrk.waitFor();
        String text = Files.readString(said, StandardCharsets.UTF_8);
        Matcher matcher = RATE.matcher(text);
        if (code != 0 || !matcher.find() || text.contains("Non-2xx")) {
            throw new IOException(String.join(" ", command) + ": " + text);
        }
        return Double.parseDouble(matcher.group(1));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
