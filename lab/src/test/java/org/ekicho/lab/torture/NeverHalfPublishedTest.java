package org.ekicho.lab.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ekicho.lab.lan.Daemon;
import org.ekicho.lab.lan.Lan;
import org.ekicho.lab.peer.PeerTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/// Clients that download without pause while syncs, promotes, rollbacks, indexes and collections run, half of them
/// killed with SIGKILL: no 404, no wrong checksum, no step back in time, and the next run works.
///
/// On a busy machine there are fewer runs than 200, so that it ends in time. `-Dlab.runs=500` does so many, however
/// long
/// it takes; `-Dlab.seed=N` repeats an order of runs (not the clock's part in it).
@PeerTest(programs = {"dnf"})
class NeverHalfPublishedTest {
    private static final int RUNS = Integer.getInteger("lab.runs", 200);
    /// Without a number of runs. The rest of the test takes less than half a minute more.
    private static final Duration LONGEST =
            Integer.getInteger("lab.runs") == null ? Duration.ofMinutes(3) : Duration.ofDays(1);
    private static final long SEED = Long.getLong("lab.seed", System.currentTimeMillis());
    private static final String SERVER = "http://192.168.55.1:8080/";
    private static final Duration GRACE = Duration.ofSeconds(40);
    /// A client is late by so much at most, which leaves it time to read when the machine is busy.
    private static final Duration LATE = Duration.ofSeconds(20);

    @Test
    void no_client_ever_sees_half_of_anything(TestInfo info) throws Exception {
        System.out.println("seed " + SEED + ", " + RUNS + " runs");
        Random dice = new Random(SEED);
        try (Lan lan = Lan.of(info);
                MovingUpstream upstream = new MovingUpstream(folder(info).resolve("upstream"), dice)) {
            Lan.Pair pair = lan.pair();
            Path here = pair.server().folder();
            Path mirror = here.resolve("mirror");
            pair.server().file("base.repo", """
                    [base]
                    name=base
                    baseurl=%s
                    gpgcheck=0
                    """.formatted(upstream.url()));
            Path site = pair.server().file("ekicho.toml", """
                    [site]
                    name = "lab"

                    [mirror]
                    folder = "mirror"
                    repo-files = ["base.repo"]
                    grace = "%ds"
                    keep = 1
                    """.formatted(GRACE.toSeconds()));
            Journal journal = new Journal();
            RandomRuns runs = new RandomRuns(here, site, upstream, dice, journal);
            runs.begin();
            assertThat(runs.failures()).isEmpty();

            Daemon server = serve(lan, pair, "serve");
            Daemon prober = probe(pair, "prober", LATE);
            DnfClient dnf =
                    new DnfClient(pair.client(), SERVER, upstream.constant(), LATE, new Random(dice.nextLong()));
            dnf.start();
            long start = System.nanoTime();
            while (runs.done() < RUNS && System.nanoTime() - start < LONGEST.toNanos()) {
                runs.next();
            }
            long seconds = (System.nanoTime() - start) / 1_000_000_000;
            List<String> troubles = new ArrayList<>(runs.failures());
            troubles.addAll(dnf.stop());
            Sightings sightings = stop(pair, prober, "prober", journal, runs);
            troubles.addAll(sightings.bad());

            server.signal("KILL");
            server.end();
            Daemon again = serve(lan, pair, "serve-again");
            Daemon second = probe(pair, "again", Duration.ofSeconds(1));
            for (int i = 0; i < 5; i++) {
                runs.next();
            }
            Sightings after = stop(pair, second, "again", journal, runs);
            troubles.addAll(after.bad());
            for (RandomRuns.Kind kind : RandomRuns.Kind.values()) {
                runs.mustRun(kind);
            }
            runs.mustRun(RandomRuns.Kind.GC);
            troubles.addAll(runs.failures().stream()
                    .filter(failure -> !troubles.contains(failure))
                    .toList());
            again.stop();
            troubles.addAll(FolderAudit.faults(mirror));
            troubles.addAll(refusals(mirror.resolve("log/access.log")));

            journal.all().forEach(entry -> lan.transcript().note(entry.line()));
            String account = "seed " + SEED + ": " + seconds + " s; " + runs.account() + "; prober: "
                    + sightings.cycles() + " repositories read, " + sightings.seen() + " looks at channels; "
                    + dnf.account() + "; upstream moved on " + upstream.generation() + " times";
            System.out.println(account);
            lan.transcript().note(account);
            troubles.forEach(trouble -> lan.transcript().note("TROUBLE " + trouble));
            assertThat(troubles).as(account).isEmpty();
            assertThat(runs.killed()).as("killed runs").isGreaterThan(runs.done() / 5);
            assertThat(sightings.cycles()).as("repositories read").isPositive();
            assertThat(after.cycles())
                    .as("repositories read after the server was killed")
                    .isPositive();
        }
    }

    private static Path folder(TestInfo info) {
        return Path.of("target", "torture", info.getTestMethod().orElseThrow().getName() + "-" + SEED)
                .toAbsolutePath();
    }

    private static Daemon serve(Lan lan, Lan.Pair pair, String name) throws IOException {
        List<String> words = new ArrayList<>(Command.program());
        words.addAll(List.of("mirror", "serve", "--site", "ekicho.toml", "--listen", "192.168.55.1:8080"));
        Daemon daemon = pair.server().start(name, words.toArray(String[]::new));
        lan.await("the mirror is served", 30, () -> daemon.log().contains("serves "), daemon::log);
        return daemon;
    }

    private static Daemon probe(Lan.Pair pair, String name, Duration latest) throws IOException {
        Path folder = Files.createDirectories(pair.client().folder().resolve(name));
        return pair.client()
                .start(
                        name + "-java",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx192m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Prober.class.getName(),
                        SERVER,
                        folder.toString(),
                        String.valueOf(latest.toMillis()),
                        String.valueOf(SEED));
    }

    private static Sightings stop(Lan.Pair pair, Daemon prober, String name, Journal journal, RandomRuns runs)
            throws IOException {
        Path folder = pair.client().folder().resolve(name);
        Files.createFile(folder.resolve("stop"));
        assertThat(prober.end()).as(prober.log()).isZero();
        return Sightings.read(folder.resolve("prober.txt"), journal, runs.mayGoBack());
    }

    /// Every answer of the server that is not what a client wanted.
    private static List<String> refusals(Path log) throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> line.matches(".*\" [45][0-9][0-9] .*"))
                .map(line -> "access log: " + line)
                .toList();
    }
}
