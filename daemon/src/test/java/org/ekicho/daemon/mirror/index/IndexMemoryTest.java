package org.ekicho.daemon.mirror.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ekicho.daemon.mirror.index.IndexSettings.Form;
import org.ekicho.daemon.mirror.index.IndexSettings.Reuse;
import org.ekicho.mirror.repodata.RepomdRecord;
import org.ekicho.mirror.settings.ClientGeneration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The metadata of a distribution is written in a small heap: 70,000 packages of 14 KB each, all of a gigabyte, go
/// through
/// the cache and the tables of another Java machine that has 32 MB for them, its own classes, and the packers.
class IndexMemoryTest {
    private static final int PACKAGES = 70_000;
    private static final int HEAP_MB = 32;

    @TempDir
    private Path folder;

    @Test
    void seventy_thousand_packages_are_written_in_a_small_heap() throws IOException, InterruptedException {
        Process writer = new ProcessBuilder(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "-Xmx" + HEAP_MB + "m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(writer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(writer.waitFor()).as(said).isZero();
        String[] sizes = said.strip().split(" ", -1);
        assertThat(sizes).hasSize(3);
        for (String size : sizes) {
            assertThat(Long.parseLong(size)).isGreaterThan(PACKAGES * 1_000L);
        }
    }

    /// Writes the tables of that many packages and says how many bytes each has when open.
    static final class Writer {
        private static final int FIRST = 3_000;
        private static final int SECOND = 8_000;
        private static final int THIRD = 3_000;

        private Writer() {}

        public static void main(String[] arguments) throws IOException {
            Path folder = Path.of(arguments[0]);
            Path state = Files.createDirectories(folder.resolve(Indexer.STATE));
            RepodataFolder repodata = RepodataFolder.open(folder, state);
            try (FragmentCache cache = FragmentCache.open(state, new byte[32], Reuse.NOTHING);
                    PackageTables tables = PackageTables.start(
                            Form.of(ClientGeneration.EL8), repodata, PackedBlocks.none(), PACKAGES)) {
                for (int i = 0; i < PACKAGES; i++) {
                    Fragments fragments = fragments(i);
                    cache.keep(new Worked.Indexed(
                            new FoundPackage("Packages/l/lib" + i + "-1-1.x86_64.rpm", 100_000, i, i, i),
                            new Worked.Source.Read(Worked.Trust.KEEP),
                            fragments,
                            i,
                            Optional.empty(),
                            List.of()));
                    tables.add(fragments);
                }
                StringBuilder sizes = new StringBuilder();
                for (RepomdRecord record : tables.finish(Optional.empty())) {
                    sizes.append(record.openSize().orElseThrow()).append(' ');
                }
                PackedBlocks.commit(state, tables.blocks());
                cache.commit(FragmentCache.State.NONE);
                System.out.println(sizes);
            }
        }

        private static Fragments fragments(int i) {
            String id = String.format("%064x", i * 0x9E3779B97F4A7C15L);
            byte[] bytes = new byte[FIRST + SECOND + THIRD];
            byte[] words =
                    ("    <file>/usr/share/lib" + i + "/" + id + "</file>\n").getBytes(StandardCharsets.US_ASCII);
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = words[at % words.length];
            }
            byte[] start = ("<package pkgid=\"" + id + "\">\n").getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(start, 0, bytes, FIRST, start.length);
            int all = bytes.length;
            return new Fragments(bytes, new int[] {FIRST, FIRST + SECOND, all, all});
        }
    }
}
