package org.ekicho.daemon.mirror.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run may be killed at any moment: clients have a whole repository, and the next run starts without help.
class KilledIndexTest {
    private static final int KILLS = 8;
    private static final int PACKAGES = 150;

    @Test
    void a_run_that_is_killed_leaves_a_readable_repository(@TempDir Path folder) throws Exception {
        IndexedFolder repo = new IndexedFolder(folder);
        for (int i = 0; i < PACKAGES; i++) {
            repo.rpm("package-" + i + ".rpm", "package" + i, "1");
        }
        repo.index();
        Random dice = new Random(4);
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Loop.class.getName(),
                            folder.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(
                            folder.resolveSibling(folder.getFileName() + ".log").toFile())
                    .start();
            try {
                Path started = folder.resolve("started");
                while (process.isAlive() && !Files.exists(started)) {
                    Thread.sleep(5);
                }
                Thread.sleep(dice.nextInt(120));
            } finally {
                process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
                Files.deleteIfExists(folder.resolve("started"));
            }
            for (String type : new String[] {"primary", "filelists", "other"}) {
                assertThat(repo.content(type)).as("after kill %s", kill).contains("packages=\"");
            }
        }
        repo.update();
        String cached = repo.content("primary");
        assertThat(repo.metadataFiles()).noneMatch(name -> name.startsWith("."));
        repo.index();
        assertThat(repo.content("primary")).isEqualTo(cached).contains("packages=\"" + PACKAGES + "\"");
    }

    /// Changes a package and indexes, for ever.
    static final class Loop {
        private Loop() {}

        public static void main(String[] args) throws IOException {
            IndexedFolder repo = new IndexedFolder(Path.of(args[0]));
            for (int i = 0; ; i++) {
                repo.rpm("package-" + i % PACKAGES + ".rpm", "package", String.valueOf(i));
                new Indexer(IndexedFolder.update(repo.settings()), Optional.empty(), IndexedFolder.LATER)
                        .run(IndexProgress.NONE);
                if (i == 0) {
                    Files.createFile(repo.path().resolve("started"));
                }
            }
        }
    }
}
