package org.ekicho.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ekicho.wire.IpAddress;

/// Responses a second of Ekicho beside chronyd and a bare C echo, plain and keyed, interleaved; then how long requests
/// stay in each at 20,000 a second. Prints tables in Markdown.
///
/// Arguments: program of Ekicho, folder for files, rounds, then `chronyd=PATH`, `echo=PATH`, `veth=NAMESPACE,ADDRESS`
/// where there are such.
public final class TimeBench {
    private static final long SECOND = 1_000_000_000L;
    private static final long START_UP_NANOS = 90 * SECOND;
    /// For the Java machine's compiler, which has the same core as the server; twice, since what it assumed of the
    /// first kind of traffic is undone by the next.
    private static final long WARM_UP_NANOS = 3 * SECOND / 2;

    private static final int WARM_UP_PASSES = 2;
    private static final long ROUND_NANOS = SECOND;
    private static final int PACE = 20_000;
    private static final long PACED_NANOS = 5 * SECOND;

    private final PrintStream out;
    private final Line.Programs programs;
    private final int rounds;

    private TimeBench(PrintStream out, Line.Programs programs, int rounds) {
        this.out = out;
        this.programs = programs;
        this.rounds = rounds;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Map<String, String> named = new TreeMap<>();
        for (int i = 3; i < arguments.length; i++) {
            int equals = arguments[i].indexOf('=');
            named.put(arguments[i].substring(0, equals), arguments[i].substring(equals + 1));
        }
        Line.Programs programs = new Line.Programs(
                Path.of(arguments[0]),
                Optional.ofNullable(named.get("chronyd")).map(Path::of),
                Optional.ofNullable(named.get("echo")).map(Path::of),
                Path.of(arguments[1]));
        TimeBench bench = new TimeBench(System.out, programs, Integer.parseInt(arguments[2]));
        bench.measure(new Line("loopback", IpAddress.LOOPBACK_V4, Optional.empty()));
        if (named.containsKey("veth")) {
            String[] veth = named.get("veth").split(",", -1);
            bench.measure(new Line("veth", IpAddress.literal(veth[1]), Optional.of(veth[0])));
        }
    }

    private void measure(Line line) throws IOException, InterruptedException {
        List<Contestant> contestants = line.start(programs);
        try {
            for (Contestant one : contestants) {
                awaitAnswer(one);
            }
            throughput(line, contestants);
            stays(line, contestants);
        } finally {
            contestants.forEach(Contestant::close);
        }
    }

    private static boolean isEcho(Contestant one) {
        return one.name().equals("C echo");
    }

    /// Waits until the server answers, rightly and to each kind of request.
    private void awaitAnswer(Contestant one) throws IOException, InterruptedException {
        long end = System.nanoTime() + START_UP_NANOS;
        for (Traffic traffic : Traffic.values()) {
            while (!answers(one, traffic)) {
                if (!one.isAlive() || System.nanoTime() > end) {
                    throw new IOException(one.name() + " does not answer " + traffic.title()
                            + " requests rightly; its log is in " + programs.work());
                }
                Thread.sleep(200);
            }
        }
    }

    private static boolean answers(Contestant one, Traffic traffic) throws IOException, InterruptedException {
        try (Flow flow = new Flow(one.endpoint())) {
            flow.prepare(traffic.burst(), traffic.length());
            flow.send(1);
            for (int wait = 0; wait < 50; wait++) {
                if (flow.receive() > 0) {
                    byte[] reply = new byte[256];
                    flow.copyReply(0, reply);
                    return isEcho(one) || traffic.isAnswered(reply, flow.replyLength(0));
                }
                Thread.sleep(2);
            }
            return false;
        }
    }

    private void throughput(Line line, List<Contestant> contestants) throws IOException {
        for (int pass = 0; pass < WARM_UP_PASSES; pass++) {
            for (Traffic traffic : Traffic.values()) {
                round(contestants.getFirst(), traffic, WARM_UP_NANOS);
            }
        }
        Map<Traffic, Map<String, List<Round>>> all = new TreeMap<>();
        for (int i = 0; i < rounds; i++) {
            for (Traffic traffic : Traffic.values()) {
                for (int j = 0; j < contestants.size(); j++) {
                    Contestant one = contestants.get((i + j) % contestants.size());
                    all.computeIfAbsent(traffic, t -> new TreeMap<>())
                            .computeIfAbsent(one.name(), n -> new ArrayList<>())
                            .add(round(one, traffic, ROUND_NANOS));
                }
            }
        }
        Report.throughput(
                out, line.title(), contestants.stream().map(Contestant::name).toList(), all);
    }

    private static Round round(Contestant one, Traffic traffic, long nanos) throws IOException {
        try (Flow flow = new Flow(one.endpoint())) {
            flow.prepare(traffic.burst(), traffic.length());
            double before = one.cpuSeconds();
            Generator.Outcome outcome = Generator.closedLoop(flow, nanos);
            double cpu = one.cpuSeconds() - before;
            return new Round(
                    outcome.rate(),
                    outcome.lossPercent(),
                    1e6 * cpu / Math.max(1, outcome.answered()),
                    100 * cpu / outcome.seconds());
        }
    }

    private void stays(Line line, List<Contestant> contestants) throws IOException {
        Map<String, List<long[]>> all = new TreeMap<>();
        Path gcLog = programs.work().resolve(line.title().replace(' ', '-')).resolve("gc.log");
        long pausesBefore = Files.exists(gcLog) ? Files.size(gcLog) : 0;
        for (Traffic traffic : List.of(Traffic.PLAIN, Traffic.AES)) {
            for (Contestant one : contestants) {
                if (!isEcho(one)) {
                    try (Flow flow = new Flow(one.endpoint())) {
                        flow.prepare(traffic.burst(), traffic.length());
                        all.computeIfAbsent(one.name() + ", " + traffic.title(), n -> new ArrayList<>())
                                .add(Generator.paced(flow, PACE, PACED_NANOS));
                    }
                }
            }
        }
        Report.stays(out, line.title(), PACE, all);
        Report.pauses(out, gcLog, pausesBefore);
    }
}
