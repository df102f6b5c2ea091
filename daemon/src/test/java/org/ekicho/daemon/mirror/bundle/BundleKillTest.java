package org.ekicho.daemon.mirror.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.ekicho.mirror.snapshot.Snapshot;
import org.ekicho.mirror.snapshot.SnapshotFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever moment a run is killed at, the next one ends well and nothing half is ever published.
class BundleKillTest {
    private static final int ROUNDS = 5;

    /// A run takes about as long.
    private static final int MOST_MILLIS = 400;

    @TempDir
    private Path temp;

    private final Random dice = new Random(5);
    private Site north;
    private Snapshot sent;

    BundleKillTest() {}

    @BeforeEach
    void publish() throws IOException {
        north = Site.open("Nord", temp.resolve("north"));
        Map<String, String> packages = new TreeMap<>();
        for (int i = 0; i < 60; i++) {
            packages.put("p" + i + ".rpm", ("package " + i + " ").repeat(300));
        }
        sent = north.publish(1, packages);
    }

    @Test
    void a_killed_export_goes_on_and_its_bundle_is_good() throws Exception {
        Path stick = Files.createDirectory(temp.resolve("stick"));
        for (int round = 0; round < ROUNDS; round++) {
            killed("export", temp.resolve("north"), stick);
            for (Path folder : SafeFiles.list(stick)) {
                boolean finished = Files.exists(folder.resolve("bundle.signature"));
                assertThat(finished
                                || Files.exists(folder.resolve("unfinished"))
                                || SafeFiles.list(folder).isEmpty())
                        .as("%s is finished or says that it is not", folder)
                        .isTrue();
            }
        }
        north.reopen();
        Path bundle = north.export(stick, new Since.Nothing(), 2);
        Site island = island();
        assertThat(island.take(bundle).isComplete()).isTrue();
        checkComplete(island);
    }

    @Test
    void a_killed_import_publishes_all_or_nothing() throws Exception {
        Path bundle = north.export(Files.createDirectory(temp.resolve("stick")), new Since.Nothing(), 1);
        Site island = island();
        for (int round = 0; round < ROUNDS; round++) {
            killed("import", temp.resolve("island"), bundle);
            island.reopen();
            if (island.folder().snapshots().read(Site.REPO, sent.id()).isPresent()) {
                checkComplete(island);
            }
        }
        island.reopen();
        assertThat(island.take(bundle).isComplete()).isTrue();
        checkComplete(island);
    }

    private Site island() throws IOException {
        Site island = Site.open("Insel", temp.resolve("island"));
        island.trusts(north);
        return island;
    }

    private void checkComplete(Site island) throws IOException {
        Path tree = island.folder()
                .root()
                .resolve("snapshots/own")
                .resolve(sent.id().text());
        for (SnapshotFile file : sent.files()) {
            assertThat(tree.resolve(file.path()))
                    .hasBinaryContent(Files.readAllBytes(north.folder().store().path(file.sha256())));
        }
    }

    private void killed(String what, Path site, Path other) throws IOException, InterruptedException {
        Process victim = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BundleVictim.class.getName(),
                        what,
                        site.toString(),
                        other.toString())
                .redirectError(temp.resolve("victim.err").toFile())
                .start();
        try (BufferedReader out = victim.inputReader()) {
            String line = out.readLine();
            while (line != null && !line.equals("begins")) {
                line = out.readLine();
            }
            assertThat(line).as(() -> "the victim began: " + errors()).isEqualTo("begins");
            Thread.sleep(dice.nextInt(MOST_MILLIS));
        } finally {
            victim.destroyForcibly().waitFor();
        }
    }

    private String errors() {
        try {
            return Files.readString(temp.resolve("victim.err"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
