package org.ekicho.daemon.mirror.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ekicho.daemon.mirror.folder.LockedException;
import org.ekicho.daemon.mirror.index.IndexSettings.Extras;
import org.ekicho.daemon.mirror.index.IndexSettings.Form;
import org.ekicho.daemon.mirror.index.IndexSettings.Head;
import org.ekicho.daemon.mirror.index.IndexSettings.Keeping;
import org.ekicho.daemon.mirror.index.IndexSettings.OtherRecords;
import org.ekicho.daemon.mirror.index.IndexSettings.Timestamps;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.codec.Codec;
import org.ekicho.mirror.repodata.Repomd;
import org.ekicho.mirror.repodata.RepomdRecord;
import org.ekicho.mirror.rpmbuild.RpmBuilder;
import org.ekicho.mirror.rpmbuild.RpmEntry;
import org.ekicho.mirror.settings.ClientGeneration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexerTest {
    @TempDir
    private Path folder;

    private IndexedFolder repo = new IndexedFolder(Path.of(""));

    @BeforeEach
    void two_packages() throws IOException {
        repo = new IndexedFolder(folder);
        repo.rpm("z/aaa-1-1.noarch.rpm", "aaa", "1");
        repo.rpm("a/bbb-1-1.noarch.rpm", "bbb", "1");
    }

    @Test
    void describes_every_package_in_the_order_of_file_names() throws Exception {
        IndexResult result = repo.index();
        assertThat(result.packages()).isEqualTo(2);
        assertThat(result.skipped()).isEmpty();
        String primary = repo.content("primary");
        assertThat(primary).contains("packages=\"2\"");
        assertThat(primary.indexOf("z/aaa-1")).isBetween(0, primary.indexOf("a/bbb-1"));
        assertThat(repo.content("filelists")).contains("packages=\"2\"", "<file>/usr/bin/file-4</file>");
        assertThat(repo.content("other")).contains("packages=\"2\"", "name=\"bbb\"");
        assertThat(primary)
                .contains(IndexedFolder.hex(
                        org.ekicho.mirror.hash.HashType.SHA256,
                        Files.readAllBytes(folder.resolve("z/aaa-1-1.noarch.rpm"))));
    }

    @Test
    void an_empty_folder_has_empty_metadata(@TempDir Path empty) throws Exception {
        IndexedFolder nothing = new IndexedFolder(empty);
        assertThat(nothing.index().packages()).isZero();
        assertThat(nothing.content("primary")).contains("packages=\"0\"");
    }

    @Test
    void lists_what_it_skips_and_counts_only_the_rest() throws Exception {
        Files.writeString(folder.resolve("page.rpm"), "<html>Please log in</html>");
        Files.createDirectories(folder.resolve("folder.rpm"));
        Files.createSymbolicLink(folder.resolve("gone.rpm"), folder.resolve("nowhere"));
        IndexResult result = repo.index();
        assertThat(result.skipped()).extracting(SkippedPackage::path).containsExactlyInAnyOrder("page.rpm", "gone.rpm");
        assertThat(result.skipped())
                .extracting(SkippedPackage::reason)
                .containsExactlyInAnyOrder(MirrorReason.NOT_WHAT_IT_SHOULD_BE, MirrorReason.UNREACHABLE);
        assertThat(repo.content("primary")).contains("packages=\"2\"");
        assertThat(repo.content("other")).contains("packages=\"2\"").endsWith("</otherdata>");
        assertThat(repo.update().skipped()).hasSize(2);
    }

    @Test
    void twins_are_kept_with_a_remark() throws Exception {
        repo.rpm("twin/aaa-1-1.noarch.rpm", "aaa", "1");
        IndexResult result = repo.index();
        assertThat(result.packages()).isEqualTo(3);
        assertThat(result.remarks()).singleElement().asString().contains("same name, version and architecture");
    }

    @Test
    void carries_other_records_along_and_replaces_what_is_given_anew() throws Exception {
        Path comps = Files.writeString(folder.resolve("c.xml"), "<?xml version='1.0'?>\n<comps></comps>\n");
        Path updates = Files.writeString(folder.resolve("u.xml"), "<updates></updates>\n");
        repo.index();
        IndexedFolder.run(repo.settings().with(extras(comps, updates)));
        assertThat(types()).containsExactly("primary", "filelists", "other", "group", "group_gz", "updateinfo");
        String before = repo.repomd().record("updateinfo").orElseThrow().location();
        Files.writeString(comps, "<comps><!-- new --></comps>\n");
        IndexedFolder.run(repo.settings()
                .with(new Extras(Optional.of(comps), Optional.empty(), Optional.empty(), OtherRecords.KEPT)));
        assertThat(repo.content("group")).contains("new");
        assertThat(repo.content("group_gz")).contains("new");
        assertThat(repo.repomd().record("updateinfo").orElseThrow().location()).isEqualTo(before);
        IndexedFolder.run(repo.settings()
                .with(new Extras(Optional.empty(), Optional.empty(), Optional.empty(), OtherRecords.DROPPED)));
        assertThat(types()).containsExactly("primary", "filelists", "other");
    }

    @Test
    void refuses_a_file_that_is_no_comps() throws IOException {
        Path page = Files.writeString(folder.resolve("c.xml"), "<html></html>");
        Extras extras = new Extras(Optional.of(page), Optional.empty(), Optional.empty(), OtherRecords.KEPT);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> IndexedFolder.run(repo.settings().with(extras)))
                .withMessageContaining("is no comps.xml");
    }

    @Test
    void files_of_the_replaced_state_stay_and_older_ones_go() throws Exception {
        repo.index();
        List<String> first = repo.metadataFiles();
        repo.rpm("ccc-1-1.noarch.rpm", "ccc", "1");
        repo.index();
        assertThat(repo.metadataFiles()).containsAll(first).hasSize(7);
        repo.rpm("ddd-1-1.noarch.rpm", "ddd", "1");
        IndexResult third = repo.index();
        assertThat(repo.metadataFiles()).hasSize(7).doesNotContain(first.get(0));
        assertThat(third.deleted()).hasSize(3);
        repo.rpm("eee-1-1.noarch.rpm", "eee", "1");
        IndexedFolder.run(repo.settings().with(new Keeping(0, Optional.empty())));
        assertThat(repo.metadataFiles()).hasSize(4);
    }

    @Test
    void leftovers_of_a_killed_run_are_cleared() throws Exception {
        repo.index();
        Files.writeString(folder.resolve("repodata/.ekicho-new-primary.xml.gz"), "half");
        String never = "ab".repeat(32) + "-primary.xml.gz";
        Files.writeString(folder.resolve("repodata").resolve(never), "never published");
        Files.writeString(folder.resolve("repodata/readme.txt"), "of somebody else");
        repo.rpm("ccc-1-1.noarch.rpm", "ccc", "1");
        assertThat(repo.index().deleted()).containsExactly(never);
        assertThat(repo.metadataFiles()).contains("readme.txt").noneMatch(name -> name.startsWith("."));
    }

    @Test
    void one_run_at_a_time() throws IOException {
        repo.index();
        try (IndexLock _ = IndexLock.take(folder.resolve(".ekicho/lock"), Instant.EPOCH)) {
            assertThatExceptionOfType(LockedException.class)
                    .isThrownBy(repo::index)
                    .withMessageContaining("process " + ProcessHandle.current().pid());
        }
        assertThat(repo.index().packages()).isEqualTo(2);
    }

    @Test
    void the_same_input_gives_the_same_bytes_when_the_revision_is_the_time() throws Exception {
        Head head = new Head(
                Optional.of("1767225600"),
                Timestamps.OF_THE_REVISION,
                List.of(new Repomd.Tag("content", "test", Optional.empty())));
        IndexedFolder.run(repo.settings().with(head));
        byte[] first = Files.readAllBytes(folder.resolve("repodata/repomd.xml"));
        IndexedFolder.run(repo.settings().with(head));
        assertThat(Files.readAllBytes(folder.resolve("repodata/repomd.xml"))).isEqualTo(first);
        assertThat(repo.repomd().record("primary").orElseThrow().timestamp()).isEqualTo(1767225600);
    }

    @Test
    void old_yum_gets_databases_beside_gzip_and_sha() throws Exception {
        IndexedFolder.run(IndexSettings.of(folder, ClientGeneration.EL5));
        assertThat(types()).containsExactly("primary", "filelists", "other", "primary_db", "filelists_db", "other_db");
        RepomdRecord db = repo.repomd().record("primary_db").orElseThrow();
        assertThat(db.databaseVersion()).hasValue(10);
        assertThat(db.checksum().type().word()).isEqualTo("sha");
        assertThat(query("primary_db", "SELECT group_concat(name || version || checksum_type) FROM packages"))
                .isEqualTo("aaa1sha,bbb1sha");
        assertThat(query("primary_db", "SELECT dbversion || checksum FROM db_info"))
                .isEqualTo("10"
                        + repo.repomd()
                                .record("primary")
                                .orElseThrow()
                                .checksum()
                                .hex());
        assertThat(query("filelists_db", "SELECT dirname || filenames || filetypes FROM filelist WHERE pkgKey = 2"))
                .isEqualTo("/usr/binfile-0/file-1/file-2/file-3/file-4fffff");
    }

    @Test
    void writes_every_codec_and_filelists_ext_and_simple_names() throws Exception {
        for (Codec codec : Codec.values()) {
            Form usual = Form.of(ClientGeneration.EL9);
            IndexedFolder.run(repo.settings()
                    .with(new Form(
                            usual.checksum(),
                            usual.repomdChecksum(),
                            codec,
                            usual.comps(),
                            IndexSettings.FileNames.SIMPLE,
                            new IndexSettings.Tables(IndexSettings.Databases.NONE, IndexSettings.FileListsExt.WRITTEN),
                            10,
                            new IndexSettings.Locations(Optional.of("http://host/?a&b"), "pool", 1))));
            assertThat(repo.repomd().record("primary").orElseThrow().location())
                    .isEqualTo("repodata/primary.xml" + codec.suffix());
            assertThat(repo.content("primary"))
                    .contains("<location xml:base=\"http://host/?a&amp;b\" href=\"pool/aaa-1-1.noarch.rpm\"/>");
            assertThat(repo.content("filelists-ext")).contains("packages=\"2\"");
        }
    }

    @Test
    void an_altered_package_is_skipped_when_digests_are_verified() throws Exception {
        RpmBuilder built = RpmBuilder.of("ccc", "1", "1").add(RpmEntry.file("/etc/ccc", "content ".repeat(50)));
        byte[] good = built.build();
        byte[] payload = good.clone();
        payload[good.length - 40] ^= 1;
        byte[] header = built.summary("Flipped: a").build();
        for (int i = header.length - 1; i > 0; i--) {
            if (header[i] == 'F' && header[i + 1] == 'l' && header[i + 2] == 'i') {
                header[i] ^= 1;
                break;
            }
        }
        Files.write(folder.resolve("good.rpm"), good);
        Files.write(folder.resolve("header.rpm"), header);
        Files.write(folder.resolve("payload.rpm"), payload);
        assertThat(repo.index().skipped())
                .as("nothing is verified unless asked")
                .isEmpty();
        IndexResult verified =
                IndexedFolder.run(IndexedFolder.update(repo.settings().with(verifying(repo.settings()))));
        assertThat(verified.packages()).isEqualTo(3);
        assertThat(verified.skipped()).hasSize(2);
        assertThat(verified.skipped().get(0).toString())
                .contains("header.rpm", "its checksum is not", "the main header");
        assertThat(verified.skipped().get(1).toString()).contains("payload.rpm", "its checksum is not", "the payload");
    }

    private static IndexSettings.Effort verifying(IndexSettings settings) {
        IndexSettings.Effort usual = settings.effort();
        return new IndexSettings.Effort(
                usual.workers(), usual.reuse(), IndexSettings.Digests.VERIFIED, usual.outcome());
    }

    private static Extras extras(Path comps, Path updates) {
        return new Extras(Optional.of(comps), Optional.of(updates), Optional.empty(), OtherRecords.KEPT);
    }

    private List<String> types() throws Exception {
        return repo.repomd().records().stream().map(RepomdRecord::type).toList();
    }

    private String query(String type, String sql) throws Exception {
        RepomdRecord record = repo.repomd().record(type).orElseThrow();
        Path open = folder.resolve("open.sqlite");
        try (var in = Codec.BZ2.decompressing(
                Files.newInputStream(folder.resolve(record.location())),
                org.ekicho.mirror.codec.OpenLimits.of(record.openSize()))) {
            Files.write(open, in.readAllBytes());
        }
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + open);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
