package org.ekicho.bench.mirror;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// `ekicho mirror sync` beside `dnf reposync` and `curl -Z`, all from one nginx on loopback, interleaved: into an empty
/// target, with nothing to do, with one package in a hundred missing. Prints tables in Markdown.
///
/// Arguments: program of Ekicho, folder of a repository with its metadata, folder for work, rounds.
public final class SyncBench {
    private static final int MISSING_ONE_IN = 100;
    /// nginx is there within this, or not at all.
    private static final long START_MILLIS = 1000;

    private final PrintStream out;
    private final String ekicho;
    private final Path repo;
    private final Path work;
    private final String address;

    private SyncBench(PrintStream out, String ekicho, Path repo, Path work, String address) {
        this.out = out;
        this.ekicho = ekicho;
        this.repo = repo;
        this.work = work;
        this.address = address;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path repo = Path.of(arguments[1]).toRealPath();
        Path work = Path.of(arguments[2]).toAbsolutePath();
        if (!Files.exists(repo.resolve("repodata/repomd.xml"))) {
            throw new IOException(repo + " has no metadata; run createrepo_c " + repo);
        }
        int port;
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = any.getLocalPort();
        }
        Process nginx = nginx(repo, work, port);
        try {
            Thread.sleep(START_MILLIS);
            new SyncBench(System.out, arguments[0], repo, work, "http://127.0.0.1:" + port + "/")
                    .measure(Integer.parseInt(arguments[3]));
        } finally {
            nginx.destroy();
            nginx.waitFor();
        }
    }

    private static Process nginx(Path repo, Path work, int port) throws IOException {
        Path home = Files.createDirectories(work.resolve("nginx"));
        Path file = home.resolve("nginx.conf");
        Files.writeString(file, """
                daemon off;
                worker_processes 2;
                pid %1$s/pid;
                error_log %1$s/error.log;
                events { worker_connections 256; }
                http {
                  access_log off;
                  sendfile on;
                  client_body_temp_path %1$s/a; proxy_temp_path %1$s/b; fastcgi_temp_path %1$s/c;
                  uwsgi_temp_path %1$s/d; scgi_temp_path %1$s/e;
                  server { listen 127.0.0.1:%2$d; root %3$s; }
                }
                """.formatted(home, port, repo));
        return new ProcessBuilder("nginx", "-c", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("out").toFile())
                .start();
    }

    private void measure(int rounds) throws IOException, InterruptedException {
        Map<String, List<Measured>> empty = new LinkedHashMap<>();
        Map<String, List<Measured>> nothing = new LinkedHashMap<>();
        Map<String, List<Measured>> missing = new LinkedHashMap<>();
        List<Path> packages = files(repo, ".rpm");
        Path list = curlList(packages);
        for (int round = 0; round < rounds; round++) {
            Path mirror = Files.createDirectories(work.resolve("mirror"));
            Path synced = Files.createDirectories(work.resolve("reposync"));
            Files.createDirectories(mirror.resolve("repos.d"));
            Files.writeString(
                    mirror.resolve("repos.d/bench.repo"), "[bench]\nname=Bench\nbaseurl=" + address + "\ngpgcheck=0\n");
            run(empty, "dnf reposync", reposync(synced));
            run(empty, "ekicho mirror sync", ekicho(mirror));
            run(empty, "curl -Z", List.of("curl", "-sSfZ", "--parallel-max", "8", "-K", list.toString()));
            run(nothing, "dnf reposync", reposync(synced));
            run(nothing, "ekicho mirror sync", ekicho(mirror));
            deleteSome(files(synced, ".rpm"));
            deleteSome(files(mirror.resolve("store"), ""));
            // Without it nothing says what upstream was, so that the run looks at everything.
            Files.delete(mirror.resolve("cache/bench/state"));
            run(missing, "dnf reposync", reposync(synced));
            run(missing, "ekicho mirror sync", ekicho(mirror));
            delete(mirror);
            delete(synced);
            delete(work.resolve("curl"));
        }
        long bytes = 0;
        for (Path file : packages) {
            bytes += Files.size(file);
        }
        out.printf(
                Locale.ROOT,
                "%n%,d packages, %.2f GB, nginx on loopback; Ekicho verifies every checksum, the others"
                        + " do not hash what is there.%n",
                packages.size(),
                bytes / 1e9);
        print("into an empty target", empty);
        print("nothing to do", nothing);
        print("1 % missing", missing);
    }

    private List<String> ekicho(Path mirror) {
        return List.of(ekicho, "mirror", "sync", "-q", "--folder", mirror.toString());
    }

    private List<String> reposync(Path target) {
        return List.of(
                "dnf",
                "-q",
                "--setopt=reposdir=/nonexistent",
                "--setopt=cachedir=" + work.resolve("dnf"),
                "--repofrompath=bench," + address,
                "--repo=bench",
                "reposync",
                "--download-metadata",
                "--norepopath",
                "-p",
                target.toString());
    }

    private Path curlList(List<Path> packages) throws IOException {
        StringBuilder text = new StringBuilder("create-dirs\n");
        for (Path file : packages) {
            String path = repo.relativize(file).toString();
            text.append("url = \"").append(address).append(path.replace("^", "%5E"));
            text.append("\"\noutput = \"")
                    .append(work.resolve("curl").resolve(path))
                    .append("\"\n");
        }
        return Files.writeString(work.resolve("curl.list"), text);
    }

    private void run(Map<String, List<Measured>> into, String name, List<String> command)
            throws IOException, InterruptedException {
        into.computeIfAbsent(name, n -> new ArrayList<>()).add(Measured.run(work, command));
    }

    private static List<Path> files(Path folder, String suffix) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }

    private static void deleteSome(List<Path> files) throws IOException {
        for (int i = 0; i < files.size(); i += MISSING_ONE_IN) {
            Files.delete(files.get(i));
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private void print(String what, Map<String, List<Measured>> runs) {
        double theirs = Measured.median(runs.getOrDefault("dnf reposync", List.of()), Measured::wallSeconds);
        out.printf(
                "%n### %s%n%n| program | wall s | CPU s | RSS MB | of reposync's wall |%n|---|---|---|---|---|%n",
                what);
        runs.forEach((name, all) -> out.printf(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.0f | %.2f |%n",
                name,
                Measured.median(all, Measured::wallSeconds),
                Measured.median(all, Measured::cpuSeconds),
                Measured.median(all, run -> run.rssKib() / 1024.0),
                Measured.median(all, Measured::wallSeconds) / theirs));
    }
}
