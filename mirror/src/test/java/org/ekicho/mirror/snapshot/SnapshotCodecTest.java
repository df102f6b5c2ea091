package org.ekicho.mirror.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.RepoId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotCodecTest {
    static byte[] golden(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(SnapshotCodecTest.class.getResourceAsStream("/golden/snapshot/" + name))) {
            return in.readAllBytes();
        }
    }

    @Test
    void a_manifest_is_read_and_written_as_it_was() throws IOException {
        Snapshot snapshot = SnapshotCodec.parse(new ByteArrayInputStream(golden("two.snapshot")));
        assertThat(snapshot)
                .isEqualTo(new Snapshot(
                        new RepoId("baseos"),
                        new SnapshotId("20261127T101500Z-3f2a9c01"),
                        "1767225600",
                        "https://mirror.example/a b/",
                        List.of(
                                new SnapshotFile(
                                        "Packages/b/bash ä-5.2-1.x86_64.rpm",
                                        "a".repeat(64),
                                        4096,
                                        1_767_225_600,
                                        SnapshotFile.Kind.PACKAGE),
                                new SnapshotFile(
                                        "repodata/repomd.xml", "b".repeat(64), 3012, -5, SnapshotFile.Kind.ROOT))));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SnapshotCodec.format(snapshot, out);
        assertThat(out.toByteArray()).isEqualTo(golden("two.snapshot"));
    }

    @Test
    void a_state_is_read_and_written_as_it_was() throws IOException {
        ChannelState state = ChannelCodec.parse(new ByteArrayInputStream(golden("prod.state")));
        assertThat(state)
                .isEqualTo(new ChannelState(
                        new ChannelName("prod"),
                        7,
                        Instant.parse("2026-11-27T10:15:00Z"),
                        "promote from test",
                        Map.of(
                                new RepoId("baseos"), new SnapshotId("20261127T101500Z-3f2a9c01"),
                                new RepoId("appstream"), new SnapshotId("20261127T101501Z-3f2a9c01"))));
        assertThat(ChannelCodec.format(state)).isEqualTo(golden("prod.state"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ekicho-snapshot 1      | ekicho-snapshot 2       | line 1, column 1
            repo baseos            | repo ../baseos          | line 2, column 6
            id 20261127T101500Z    | id 20261127             | line 3, column 4
            a%20b                  | a%2b%20b                | line 5, column 8
            files 2                | files 3                 | line 9, column 1
            files 2                | files 99999999999999    | line 6, column 7
            4096                   | 04096                   | line 7, column 74
            bash%20                | bash%5C                 | line 7, column 90
            Packages/b/            | Packages/../            | line 7, column 90
            repodata/repomd.xml    | Packages/b/bash%20%C3%A4-5.2-1.x86_64.rpm | line 8, column 1
            repodata/repomd.xml    | Packages/b/bash%20%C3%A4-5.2-1.x86_64.rpm/x | line 8, column 1
            """)
    void says_where_a_manifest_is_wrong(String good, String bad, String place) throws IOException {
        String text = new String(golden("two.snapshot"), UTF_8).replace(good, bad);
        assertThatThrownBy(() -> SnapshotCodec.parse(new ByteArrayInputStream(text.getBytes(UTF_8))))
                .isInstanceOf(ManifestException.class)
                .hasMessageStartingWith(place + ":");
    }

    @Test
    void a_manifest_that_is_cut_off_anywhere_is_refused() throws IOException {
        byte[] whole = golden("two.snapshot");
        for (int length = 0; length < whole.length; length++) {
            int cut = length;
            assertThatThrownBy(() -> SnapshotCodec.parse(new ByteArrayInputStream(whole, 0, cut)))
                    .as("%d bytes", length)
                    .isInstanceOf(ManifestException.class);
        }
    }

    @Test
    void a_file_cannot_have_a_path_out_of_its_repository() {
        for (String path : List.of("", "/etc/passwd", "a/../b", "a//b", "a\\b", "a\nb", "./a")) {
            assertThatThrownBy(() -> new SnapshotFile(path, "a".repeat(64), 1, 1, SnapshotFile.Kind.PACKAGE))
                    .as(path)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
