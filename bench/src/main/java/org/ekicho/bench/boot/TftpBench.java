package org.ekicho.bench.boot;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/// Our TFTP service beside tftpd-hpa, dnsmasq and atftpd, interleaved, each on core 0, asked by `tftpload` on
/// core 1 over a veth pair. Prints a table in Markdown.
///
/// Arguments: folder for work, rounds, `tftpload`, namespace of the client, our address, folder of the peers'
/// programs. Runs in the server's namespace.
public final class TftpBench {
    private static final long START_MILLIS = 20_000;
    private static final int LARGE = 8 << 20;
    private static final int SMALL = 2 << 20;
    /// Bytes for a row of one client, at the window 1 and else, in fetches of the large file.
    private static final int MOST_FETCHES = 24;

    /// What is asked for.
    private record Case(int block, int window, int clients) {
        String file() {
            return clients == 1 ? "large" : "small";
        }

        /// As many as take about half a second on the usual machine.
        int fetches() {
            if (clients > 1) return clients * (block == 512 && window == 1 ? 1 : 4);
            return Math.min(MOST_FETCHES, Math.max(1, block * Math.min(window, 16) / 700));
        }
    }

    /// A server that is running.
    ///
    /// @param windows whether it knows windowsize
    private record Server(String name, int port, boolean windows) {}

    private final PrintStream out;
    private final Path work;
    private final Path load;
    private final String clientSpace;
    private final String address;

    private TftpBench(PrintStream out, Path work, Path load, String clientSpace, String address) {
        this.out = out;
        this.work = work;
        this.load = load;
        this.clientSpace = clientSpace;
        this.address = address;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path work = Path.of(arguments[0]).toAbsolutePath();
        TftpBench bench = new TftpBench(System.out, work, Path.of(arguments[2]), arguments[3], arguments[4]);
        Path root = Files.createDirectories(work.resolve("root"));
        byte[] bytes = new byte[LARGE];
        new Random(1).nextBytes(bytes);
        Files.write(root.resolve("large"), bytes);
        Files.write(root.resolve("small"), Arrays.copyOf(bytes, SMALL));
        Path peers = Path.of(arguments[5]);
        List<Process> processes = new ArrayList<>();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> processes.forEach(TftpBench::end)));
        bench.start(processes, root, peers);
        bench.measure(Integer.parseInt(arguments[1]));
    }

    private static final List<Server> SERVERS = List.of(
            new Server("tftpd-hpa", 1070, false),
            new Server("dnsmasq", 69, false),
            new Server("atftpd", 1071, true),
            new Server("Ekicho", 1069, true));

    private void start(List<Process> processes, Path root, Path peers) throws IOException {
        String folder = root.toString();
        processes.add(started(
                "hpa",
                peers.resolve("in.tftpd").toString(),
                "-L",
                "-a",
                address + ":1070",
                "-u",
                "root",
                "-s",
                folder));
        processes.add(started(
                "dnsmasq",
                peers.resolve("dnsmasq").toString(),
                "--keep-in-foreground",
                "--port=0",
                "--enable-tftp",
                "--tftp-root=" + folder,
                "--user=root",
                "--tftp-max=200",
                "--conf-file=/dev/null",
                "--listen-address=" + address,
                "--bind-interfaces",
                "--log-facility=" + work.resolve("dnsmasq.log"),
                "--pid-file="));
        processes.add(started(
                "atftpd",
                peers.resolve("atftpd").toString(),
                "--daemon",
                "--no-fork",
                "--port",
                "1071",
                "--bind-address",
                address,
                "--maxthread",
                "200",
                "--user",
                "root",
                "--group",
                "root",
                "--logfile",
                work.resolve("atftpd.log").toString(),
                folder));
        processes.add(started(
                "ekicho",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                TftpServing.class.getName(),
                address,
                "1069",
                folder));
    }

    private Process started(String name, String... command) throws IOException {
        List<String> all = new ArrayList<>(List.of("taskset", "-c", "0"));
        all.addAll(List.of(command));
        return new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(work.resolve(name + ".out").toFile())
                .start();
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }

    private static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (int clients : new int[] {1, 50}) {
            for (int window : new int[] {1, 4, 16, 64}) {
                for (int block : new int[] {512, 1468, 8192, 65464}) cases.add(new Case(block, window, clients));
            }
        }
        return cases;
    }

    private void measure(int rounds) throws IOException, InterruptedException {
        for (Server server : SERVERS) until(server);
        // The compiler of the Java machine has done most of its work then.
        for (int i = 0; i < 3; i++) {
            for (Case each : List.of(new Case(512, 4, 1), new Case(1468, 1, 50), new Case(8192, 16, 1))) {
                rate(each, SERVERS.getLast());
            }
        }
        out.print("\n| block | window | clients |");
        SERVERS.forEach(server -> out.print(" " + server.name + " |"));
        out.println(" ÷ best |\n|---|---|---|---|---|---|---|---|");
        for (Case each : cases()) {
            Map<Server, double[]> rates = new LinkedHashMap<>();
            for (Server server : SERVERS) {
                if (server.windows || each.window == 1) rates.put(server, new double[rounds]);
            }
            for (int round = 0; round < rounds; round++) {
                for (Map.Entry<Server, double[]> entry : rates.entrySet()) {
                    entry.getValue()[round] = rate(each, entry.getKey());
                }
            }
            print(each, rates, rounds);
        }
    }

    private void print(Case each, Map<Server, double[]> rates, int rounds) {
        StringBuilder line = new StringBuilder(
                String.format(Locale.ROOT, "| %d | %d | %d |", each.block, each.window, each.clients));
        double[] ratios = new double[rounds];
        double[] ours = rates.getOrDefault(SERVERS.getLast(), new double[rounds]);
        for (int round = 0; round < rounds; round++) {
            int now = round;
            double best = rates.entrySet().stream()
                    .filter(entry -> !entry.getKey().name.equals("Ekicho"))
                    .mapToDouble(entry -> entry.getValue()[now])
                    .max()
                    .orElse(Double.NaN);
            ratios[round] = ours[round] / best;
        }
        for (Server server : SERVERS) {
            double[] found = rates.get(server);
            line.append(found == null ? " - |" : String.format(Locale.ROOT, " %.1f |", median(found)));
        }
        out.println(line.append(String.format(Locale.ROOT, " %.2f |", median(ratios))));
    }

    private void until(Server server) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        while (true) {
            try {
                rate(new Case(65464, 1, 1), server);
                return;
            } catch (IOException e) {
                if (System.nanoTime() - begun > START_MILLIS * 1_000_000) throw e;
                Thread.sleep(200);
            }
        }
    }

    /// Megabytes a second.
    private double rate(Case each, Server server) throws IOException, InterruptedException {
        List<String> command = List.of(
                "ip",
                "netns",
                "exec",
                clientSpace,
                "taskset",
                "-c",
                "1",
                load.toString(),
                address,
                Integer.toString(server.port),
                each.file(),
                Integer.toString(each.block),
                Integer.toString(each.window),
                Integer.toString(each.clients),
                Integer.toString(each.fetches()));
        Path said = work.resolve("load.out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        int code = process.waitFor();
        String text = Files.readString(said, StandardCharsets.UTF_8).strip();
        if (code != 0) throw new IOException(server.name + ", " + each + ": " + text);
        String[] words = text.split(" ", -1);
        return Double.parseDouble(words[0]) / Double.parseDouble(words[1]) / 1e6;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
