package org.ekicho.daemon.mirror.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.Optional;
import org.ekicho.daemon.mirror.index.IndexResult.State;
import org.ekicho.daemon.mirror.index.IndexSettings.Form;
import org.ekicho.mirror.settings.ClientGeneration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexUpdateTest {
    private static final String AAA = "aaa-1-1.noarch.rpm";

    @TempDir
    private Path folder;

    private IndexedFolder repo = new IndexedFolder(Path.of(""));

    @BeforeEach
    void packages() throws IOException {
        repo = new IndexedFolder(folder);
        repo.rpm(AAA, "aaa", "1");
        for (int i = 0; i < 20; i++) {
            repo.rpm("other-" + i + ".rpm", "other" + i, "1");
        }
    }

    @Test
    void nothing_changed_and_nothing_is_written() throws Exception {
        repo.index();
        Path repomd = folder.resolve("repodata/repomd.xml");
        FileTime before = Files.getLastModifiedTime(repomd);
        byte[] bytes = Files.readAllBytes(repomd);
        IndexResult result = repo.update();
        assertThat(result.state()).isEqualTo(State.UNCHANGED);
        assertThat(result.packages()).isEqualTo(21);
        assertThat(Files.getLastModifiedTime(repomd)).isEqualTo(before);
        assertThat(Files.readAllBytes(repomd)).isEqualTo(bytes);
        assertThat(repo.metadataFiles()).hasSize(4);
    }

    @Test
    void reads_only_what_is_new_or_changed_and_forgets_what_is_gone() throws Exception {
        repo.index();
        repo.rpm(AAA, "aaa", "2");
        repo.rpm("new.rpm", "new", "1");
        Files.delete(folder.resolve("other-7.rpm"));
        IndexResult result = repo.update();
        assertThat(result.readPackages()).isEqualTo(2);
        assertThat(result.gone()).isEqualTo(1);
        assertThat(result.packages()).isEqualTo(21);
        String cached = repo.content("primary") + repo.content("filelists") + repo.content("other");
        repo.index();
        assertThat(repo.content("primary") + repo.content("filelists") + repo.content("other"))
                .isEqualTo(cached);
        assertThat(cached).contains("ver=\"2\"").doesNotContain("other7<");
    }

    @Test
    void never_serves_a_stale_fragment_though_size_and_time_are_the_same() throws Exception {
        Path file = folder.resolve(AAA);
        FileTime time = Files.getLastModifiedTime(file);
        long size = Files.size(file);
        repo.index();
        byte[] other = TestRpm.bytes("aaa", "9", 5, "payload of aaa");
        try (var channel = java.nio.channels.FileChannel.open(file, java.nio.file.StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.wrap(other));
        }
        Files.setLastModifiedTime(file, time);
        assertThat(Files.size(file)).isEqualTo(size);
        repo.update();
        assertThat(repo.content("primary")).contains("ver=\"9\"");
    }

    @Test
    void a_file_that_changed_a_moment_ago_is_read_again() throws Exception {
        IndexSettings settings = repo.settings();
        new Indexer(settings, Optional.empty(), InstantSource.system()).run(IndexProgress.NONE);
        assertThat(repo.update().readPackages()).isEqualTo(21);
        assertThat(repo.update().state()).isEqualTo(State.UNCHANGED);
    }

    @Test
    void other_settings_drop_the_cache() throws Exception {
        repo.index();
        IndexResult el5 = IndexedFolder.run(IndexedFolder.update(repo.settings().with(Form.of(ClientGeneration.EL5))));
        assertThat(el5.readPackages()).isEqualTo(21);
        assertThat(repo.content("primary")).contains("type=\"sha\"");
    }

    @Test
    void another_codec_writes_anew_and_reads_nothing() throws Exception {
        repo.index();
        IndexResult zstd =
                IndexedFolder.run(IndexedFolder.update(repo.settings().with(Form.of(ClientGeneration.EL9))));
        assertThat(zstd.state()).isEqualTo(State.PUBLISHED);
        assertThat(zstd.readPackages()).isZero();
        assertThat(repo.content("primary")).contains("packages=\"21\"");
    }

    @Test
    void a_damaged_cache_is_read_around() throws Exception {
        repo.index();
        String expected = repo.content("primary");
        Path data = folder.resolve(".ekicho/fragments.1");
        byte[] bytes = Files.readAllBytes(data);
        bytes[100] ^= 1;
        Files.write(data, bytes);
        repo.rpm("new.rpm", "new", "1");
        assertThat(repo.update().readPackages()).isEqualTo(2);
        Files.delete(folder.resolve("new.rpm"));
        repo.update();
        assertThat(repo.content("primary")).isEqualTo(expected);
        for (String cut : new String[] {"cache", "fragments.1"}) {
            Path file = folder.resolve(".ekicho").resolve(cut);
            Files.write(file, java.util.Arrays.copyOf(Files.readAllBytes(file), 50));
            repo.update();
            assertThat(repo.content("primary")).as(cut).isEqualTo(expected);
        }
    }

    @Test
    void a_metadata_file_that_was_lost_is_made_again() throws Exception {
        repo.index();
        Files.delete(folder.resolve(repo.repomd().record("other").orElseThrow().location()));
        assertThat(repo.update().state()).isEqualTo(State.PUBLISHED);
        assertThat(repo.content("other")).contains("packages=\"21\"");
    }
}
