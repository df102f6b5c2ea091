package org.ekicho.lab.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.ekicho.lab.lan.Lan;
import org.ekicho.lab.lan.Outcome;
import org.ekicho.lab.mirror.WebRepo.Pkg;
import org.ekicho.lab.peer.PeerTest;
import org.ekicho.lab.peer.Programs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two sites without a network between them, and a stick that holds no large file.
@PeerTest(programs = {"prlimit"})
class AirGapTest {
    /// Larger than the largest file of the stick.
    private static final int LARGE = 2_500_000;
    private static final String LARGEST_FILE = "--fsize=1048576";
    private static final long SEED = 20_261_127;
    private static final int FLIPS_PER_FILE = 2;

    @TempDir
    private Path temp;

    private BadUpstream upstream;
    /// Not the real one, which others keep busy: each publication waits for the disk.
    private SmallDisk disk;

    private MirrorCommands north;
    private MirrorCommands island;
    private Path stick;

    AirGapTest() {}

    @BeforeEach
    void two_sites_that_trust_each_other() throws IOException {
        upstream = BadUpstream.open();
        disk = SmallDisk.at(temp.resolve("disk"), "size=600m");
        north = MirrorCommands.of(temp.resolve("disk/north")).behind(disk.way());
        island = MirrorCommands.of(temp.resolve("disk/island")).behind(disk.way());
        stick = temp.resolve("disk/stick");
        Files.createDirectories(disk.seen(stick));
        Path file = Files.writeString(
                temp.resolve("own.repo"),
                "[own]\nname=own\nbaseurl=" + upstream.address("own") + "\ngpgcheck=0\nenabled=1\n");
        north.must("add", file.toString());
        makeKey(north, "north");
        island.must("import", "--trust", temp.resolve("north.key").toString());
    }

    @AfterEach
    void close() {
        upstream.close();
        disk.close();
    }

    @Test
    void a_stick_with_a_limit_for_files_carries_what_is_larger_and_no_flipped_bit_arrives() throws IOException {
        WebRepo state = state(1);
        sync(state);
        MirrorCommands limited = north.behind("prlimit", LARGEST_FILE);
        Outcome refused = limited.run("export", "--to", stick.toString());
        assertThat(refused.exit()).as(refused.transcript()).isNotZero();
        assertThat(refused.out()).contains("holds no file of 4294967295 bytes", "--volume-size");
        limited.must("export", "--to", stick.toString(), "--volume-size", "1M");
        List<Path> files = list(stick.resolve(only(stick).getFileName()));
        assertThat(files)
                .hasSizeGreaterThan(4)
                .allSatisfy(each -> assertThat(Files.size(each)).isLessThanOrEqualTo(1 << 20));

        Random random = new Random(SEED);
        for (Path file : files) {
            for (int i = 0; i < FLIPS_PER_FILE; i++) {
                long place = random.nextLong(Files.size(file));
                int bit = random.nextInt(8);
                flip(file, place, bit);
                Outcome outcome = island.fails("import", stick.toString());
                assertThat(outcome.out())
                        .as("bit %d of byte %d of %s, seed %d", bit, place, file.getFileName(), SEED)
                        .contains("nothing was published")
                        .contains(stick.toString());
                assertThat(Files.isDirectory(disk.seen(island.folder().resolve("manifests/own"))))
                        .isFalse();
                flip(file, place, bit);
            }
        }

        Outcome verified =
                island.bare("verify-bundle", "--key", temp.resolve("north.key").toString(), stick.toString());
        assertThat(verified.exit()).as(verified.transcript()).isZero();
        assertThat(verified.out()).contains("complete and good", "as given");
        island.must("import", stick.toString());
        try (MirrorCommands.Served served = island.serve()) {
            served.hasAll("latest", "own", state);
        }
    }

    @Test
    void increments_in_the_wrong_order_end_right() throws IOException {
        for (int day = 1; day <= 3; day++) {
            sync(state(day));
            Path to = temp.resolve("disk/stick" + day);
            if (day == 1) {
                north.must("export", "--to", to.toString());
            } else {
                north.must("export", "--since", "last", "--to", to.toString());
            }
        }
        Outcome nothing = north.must("export", "--since", "last", "--to", stick.toString());
        assertThat(nothing.out()).contains("nothing is new since bundle", "no bundle was written");
        assertThat(list(stick)).isEmpty();
        for (int day : new int[] {3, 2}) {
            Outcome early =
                    island.fails("import", temp.resolve("disk/stick" + day).toString());
            assertThat(early.out()).contains("waits: ", "it waits for bundle");
        }
        Outcome last = island.must("import", temp.resolve("disk/stick1").toString());
        assertThat(last.out().lines().filter(line -> line.contains("published ")))
                .hasSize(3);
        try (MirrorCommands.Served served = island.serve()) {
            served.hasAll("latest", "own", state(3));
        }
        assertThat(names(island)).isEqualTo(names(north));
    }

    @Test
    void a_receipt_brings_what_is_missing_and_killed_imports_do_no_harm() throws IOException {
        sync(state(1));
        north.must("export", "--to", temp.resolve("disk/stick1").toString());
        Random random = new Random(SEED);
        for (int i = 0; i < 4; i++) {
            killedAfter(
                    random.nextInt(300, 900),
                    "import",
                    temp.resolve("disk/stick1").toString());
        }
        island.must("import", temp.resolve("disk/stick1").toString());
        sync(state(2));
        north.must(
                "export", "--since", "last", "--to", temp.resolve("disk/lost").toString());
        sync(state(3));
        makeKey(island, "island");
        Path receipt = temp.resolve("island.receipt");
        island.must("receipt", "--to", receipt.toString());
        Outcome stranger = north.fails("export", "--since", receipt.toString(), "--to", stick.toString());
        assertThat(stranger.out()).contains("import --trust FILE");
        assertThat(list(stick)).isEmpty();
        north.must("import", "--trust", temp.resolve("island.key").toString());
        north.must("export", "--since", receipt.toString(), "--to", stick.toString());
        island.must("import", stick.toString());
        try (MirrorCommands.Served served = island.serve()) {
            served.hasAll("latest", "own", state(3));
        }
    }

    private void killedAfter(int millis, String... words) throws IOException {
        List<String> command = new ArrayList<>(island.before());
        command.addAll(List.of(Programs.ekicho(), "mirror"));
        command.addAll(List.of(words));
        command.addAll(List.of("--folder", island.folder().toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve("killed.txt").toFile())
                .start();
        Lan.pause(Duration.ofMillis(millis));
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static WebRepo state(int day) {
        return WebRepo.of(day, Pkg.of("large", 1, LARGE), Pkg.of("common", 1), Pkg.of("own", day));
    }

    private void sync(WebRepo state) {
        upstream.has("own", state);
        north.must("sync", "--quiet");
    }

    private void makeKey(MirrorCommands site, String name) {
        site.must(
                "export",
                "--make-key",
                "--name",
                name,
                "--key-to",
                temp.resolve(name + ".key").toString());
    }

    private static void flip(Path file, long place, int bit) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(place);
            int old = bytes.read();
            bytes.seek(place);
            bytes.write(old ^ (1 << bit));
        }
    }

    private List<String> names(MirrorCommands site) throws IOException {
        return list(site.folder().resolve("manifests/own")).stream()
                .map(file -> file.getFileName().toString())
                .toList();
    }

    private Path only(Path folder) throws IOException {
        List<Path> all = list(folder);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private List<Path> list(Path inside) throws IOException {
        Path folder = disk.seen(inside);
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
