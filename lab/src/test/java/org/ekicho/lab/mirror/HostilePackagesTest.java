package org.ekicho.lab.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.ekicho.lab.lan.Outcome;
import org.ekicho.lab.peer.PeerTest;
import org.ekicho.mirror.rpmbuild.RpmBuilder;
import org.ekicho.mirror.rpmbuild.RpmEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A folder in which somebody put what is no good package: each is named with the reason, the good ones are indexed,
/// also behind links, and nothing of it is published.
@PeerTest(programs = {"mkfifo"})
class HostilePackagesTest {
    /// Where the signature header begins.
    private static final int LEAD_BYTES = 96;

    @TempDir
    private Path temp;

    HostilePackagesTest() {}

    @Test
    void each_bad_file_is_named_and_the_good_ones_are_indexed() throws IOException, InterruptedException {
        byte[] good = RpmBuilder.of("good", "1", "1")
                .add(RpmEntry.file("/etc/good", "content ".repeat(100)))
                .build();
        Path folder = Files.createDirectories(temp.resolve("packages"));
        Files.write(folder.resolve("good.rpm"), good);
        Files.write(folder.resolve("lead-only.rpm"), Arrays.copyOf(good, LEAD_BYTES));
        Files.write(folder.resolve("half-a-header.rpm"), Arrays.copyOf(good, LEAD_BYTES + 40));
        Files.write(folder.resolve("truncated.rpm"), Arrays.copyOf(good, good.length - 100));
        Files.write(folder.resolve("empty.rpm"), new byte[0]);
        Files.writeString(folder.resolve("page.rpm"), "<html>Please log in</html>".repeat(20));
        Files.write(folder.resolve("many-tags.rpm"), with(good, LEAD_BYTES + 8, 0xffffffff));
        Files.write(folder.resolve("much-data.rpm"), with(good, LEAD_BYTES + 12, 0xfffffff0));
        Files.write(folder.resolve("count.rpm"), with(good, LEAD_BYTES + 16 + 16 + 12, 0xffffffff));
        Files.write(folder.resolve("offset.rpm"), with(good, LEAD_BYTES + 16 + 16 + 8, 0x7fffffff));
        Path outside = Files.write(temp.resolve("outside.rpm"), good);
        Files.createSymbolicLink(folder.resolve("out.rpm"), outside);
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("fifo.rpm").toString())
                        .start()
                        .waitFor())
                .isZero();
        MirrorCommands mirror = MirrorCommands.of(temp.resolve("mirror"));
        Outcome index = MirrorCommands.failed(mirror.bare("index", "--verify", folder.toString()));
        assertThat(index.out())
                .contains(
                        "2 packages",
                        "skipped 9 files",
                        "lead-only.rpm: ",
                        "half-a-header.rpm: ",
                        "truncated.rpm: ",
                        "empty.rpm: ")
                .contains("page.rpm: ", "many-tags.rpm: ", "much-data.rpm: ", "count.rpm: ", "offset.rpm: ")
                .doesNotContain("good.rpm: ", "fifo.rpm");
        String repomd = Files.readString(folder.resolve(WebRepo.REPOMD), StandardCharsets.UTF_8);
        assertThat(repomd).contains("<data type=\"primary\">");

        Outcome publish = mirror.fails("publish", folder.toString(), "--as", "own");
        assertThat(Files.exists(mirror.folder().resolve("manifests/own")))
                .as(publish.transcript())
                .isFalse();
    }

    private static byte[] with(byte[] good, int place, int value) {
        byte[] bad = good.clone();
        ByteBuffer.wrap(bad).putInt(place, value);
        return bad;
    }
}
