package org.ekicho.daemon.mirror.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ekicho.daemon.mirror.index.IndexSettings.Reuse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedBlocksTest {
    private static final List<String> TABLES = List.of("primary", "filelists", "other");

    @TempDir
    private Path folder;

    private IndexedFolder repo = new IndexedFolder(Path.of(""));

    /// Enough of them for several blocks in each file.
    @BeforeEach
    void packages() throws IOException {
        repo = new IndexedFolder(folder);
        for (int i = 0; i < 600; i++) {
            repo.rpm("package-" + i + ".rpm", "package" + i, "1");
        }
    }

    @Test
    void an_update_writes_the_bytes_that_all_anew_writes() throws Exception {
        repo.index();
        repo.rpm("package-300.rpm", "package300", "2");
        Files.delete(folder.resolve("package-7.rpm"));
        repo.update();
        List<String> updated = locations();
        repo.index();
        assertThat(locations()).isEqualTo(updated);
    }

    @Test
    void a_block_is_found_by_what_it_opens_to() throws Exception {
        repo.index();
        Path primary = packed("primary");
        byte[] before = Files.readAllBytes(primary);
        Path state = folder.resolve(Indexer.STATE);
        try (PackedBlocks known =
                PackedBlocks.open(state, RepodataFolder.open(folder, state), Reuse.UNCHANGED_PACKAGES)) {
            byte[] open = repo.content("primary").getBytes(java.nio.charset.StandardCharsets.UTF_8);
            int header = new String(open, 0, 400, java.nio.charset.StandardCharsets.UTF_8).indexOf("<package ");
            Optional<byte[]> first = known.packed(key(open, header));
            assertThat(first).isPresent();
            assertThat(Arrays.mismatch(first.get(), 0, first.get().length, before, 10, 10 + first.get().length))
                    .isEqualTo(-1);
            assertThat(known.packed(key(open, header + 1))).isEmpty();
        }
    }

    @Test
    void damaged_files_are_packed_again() throws Exception {
        repo.index();
        for (String table : TABLES) {
            Path file = packed(table);
            byte[] bytes = Files.readAllBytes(file);
            for (int i = 50; i < bytes.length; i += 500) {
                bytes[i] ^= 1;
            }
            Files.write(file, bytes);
        }
        repo.rpm("zzz.rpm", "zzz", "1");
        assertThat(repo.update().readPackages()).isEqualTo(1);
        assertThat(repo.content("primary") + repo.content("filelists") + repo.content("other"))
                .contains("package599", "zzz");
    }

    @Test
    void lost_and_cut_files_are_packed_again() throws Exception {
        repo.index();
        Files.delete(packed("primary"));
        Path other = packed("other");
        Files.write(other, Arrays.copyOf(Files.readAllBytes(other), 1000));
        repo.rpm("zzz.rpm", "zzz", "1");
        repo.update();
        assertThat(repo.content("primary") + repo.content("filelists") + repo.content("other"))
                .contains("package599", "zzz");
    }

    @Test
    void a_damaged_list_of_blocks_is_read_around() throws Exception {
        repo.index();
        Path list = folder.resolve(Indexer.STATE).resolve("blocks");
        byte[] right = Files.readAllBytes(list);
        byte[] flipped = right.clone();
        flipped[right.length / 2] ^= 1;
        int i = 0;
        for (byte[] wrong : List.of(new byte[0], new byte[3], Arrays.copyOf(right, right.length - 9), flipped)) {
            Files.write(list, wrong);
            repo.rpm("new-" + i + ".rpm", "new" + i, "1");
            repo.update();
            assertThat(repo.content("primary")).contains("new" + i++);
        }
    }

    private Path packed(String table) throws Exception {
        return folder.resolve(repo.repomd().record(table).orElseThrow().location());
    }

    private List<String> locations() throws Exception {
        return repo.repomd().records().stream()
                .map(record -> record.location() + " " + record.checksum().hex())
                .toList();
    }

    private static PackedBlocks.Key key(byte[] open, int length) {
        var digest = MetadataFile.digest(org.ekicho.mirror.hash.HashType.SHA256);
        digest.update(open, 0, length);
        return PackedBlocks.Key.of(digest.digest());
    }
}
