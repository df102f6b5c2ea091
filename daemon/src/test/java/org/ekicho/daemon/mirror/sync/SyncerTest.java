package org.ekicho.daemon.mirror.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.daemon.mirror.folder.RepoLock;
import org.ekicho.host.download.Bandwidth;
import org.ekicho.host.download.DownloadSettings;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.rpmbuild.RpmBuilder;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.ClientGeneration;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.settings.RepoSettings;
import org.ekicho.mirror.settings.Selection;
import org.ekicho.mirror.settings.Upstream;
import org.ekicho.mirror.snapshot.SnapshotFile;
import org.ekicho.mirror.sync.SyncRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One repository, an upstream that misbehaves, and what is served meanwhile.
final class SyncerTest {
    private static final RepoId ID = new RepoId("base");
    private static final String SECOND = "Packages/b-2-1.x86_64.rpm";
    private static final int BYTES = 300_000;

    private static final PretendRepo OLD =
            PretendRepo.of(1_700_000_000, Map.of("a", List.of("1"), "b", List.of("1")), BYTES);
    private static final PretendRepo NEW =
            PretendRepo.of(1_700_000_100, Map.of("a", List.of("1"), "b", List.of("1", "2"), "c", List.of("1")), BYTES);

    @TempDir
    private Path root;

    private MirrorFolder folder;
    private PretendUpstream upstream;
    private DownloadSettings.Patience patience =
            new DownloadSettings.Patience(Duration.ofSeconds(30), Duration.ofSeconds(30), 1);

    @BeforeEach
    void open() throws IOException {
        folder = MirrorFolder.open(root);
        upstream = PretendUpstream.serve(OLD);
    }

    @AfterEach
    void close() {
        upstream.close();
    }

    @Test
    void publishes_what_upstream_has_byte_for_byte() throws IOException {
        SyncReport report = sync();
        assertThat(report.outcome()).isEqualTo(SyncReport.Outcome.PUBLISHED);
        for (Map.Entry<String, byte[]> file : OLD.files().entrySet()) {
            assertThat(served(file.getKey())).as(file.getKey()).hasBinaryContent(file.getValue());
        }
    }

    @Test
    void fetches_nothing_but_the_root_when_upstream_is_as_before() throws IOException {
        sync();
        upstream.forget();
        assertThat(sync().outcome()).isEqualTo(SyncReport.Outcome.UNCHANGED);
        assertThat(upstream.asked())
                .containsExactly("repodata/repomd.xml", "repodata/repomd.xml.asc", ".treeinfo", "treeinfo");
    }

    @Test
    void fetches_only_what_is_new() throws IOException {
        sync();
        upstream.has(NEW);
        upstream.forget();
        assertThat(sync().outcome()).isEqualTo(SyncReport.Outcome.PUBLISHED);
        assertThat(upstream.asked())
                .filteredOn(path -> path.startsWith("Packages/"))
                .containsExactlyInAnyOrder(SECOND, "Packages/c-1-1.x86_64.rpm");
        assertThat(served(SECOND)).hasBinaryContent(bytes(NEW, SECOND));
    }

    @Test
    void goes_on_where_a_connection_broke_off() throws IOException {
        Random dice = new Random(5);
        AtomicInteger cuts = new AtomicInteger();
        upstream.fails(".rpm", (exchange, content) -> {
            if (exchange.getRequestHeaders().getFirst("Range") == null) {
                cuts.incrementAndGet();
                PretendUpstream.cut(exchange, content, 1 + dice.nextInt(content.length - 1));
            } else {
                PretendUpstream.serve(exchange, content);
            }
        });
        SyncReport report = sync();
        assertThat(report.outcome()).as(report.toString()).isEqualTo(SyncReport.Outcome.PUBLISHED);
        assertThat(cuts).hasValue(2);
        assertThat(upstream.asked()).anyMatch(asked -> asked.contains(".rpm bytes="));
    }

    @Test
    void continues_a_part_that_a_killed_run_left_and_checks_the_whole() throws IOException {
        String path = "Packages/a-1-1.x86_64.rpm";
        byte[] content = bytes(OLD, path);
        Path part = folder.stage(ID).resolve("sha256-" + Digests.sha256(content) + ".part");
        Files.write(part, java.util.Arrays.copyOf(content, 1000));
        assertThat(sync().outcome()).isEqualTo(SyncReport.Outcome.PUBLISHED);
        assertThat(upstream.asked()).contains(path + " bytes=1000-");
    }

    @Test
    void begins_anew_when_a_part_was_of_another_file() throws IOException {
        String path = "Packages/a-1-1.x86_64.rpm";
        Path part = folder.stage(ID).resolve("sha256-" + Digests.sha256(bytes(OLD, path)) + ".part");
        Files.write(part, new byte[1000]);
        assertThat(sync().outcome()).isEqualTo(SyncReport.Outcome.PUBLISHED);
        assertThat(upstream.asked()).contains(path + " bytes=1000-", path);
    }

    @Test
    void takes_the_whole_file_of_a_server_that_knows_no_ranges() throws IOException {
        String path = "Packages/a-1-1.x86_64.rpm";
        byte[] content = bytes(OLD, path);
        Path part = folder.stage(ID).resolve("sha256-" + Digests.sha256(content) + ".part");
        Files.write(part, java.util.Arrays.copyOf(content, 1000));
        upstream.fails(".rpm", (exchange, body) -> PretendUpstream.send(exchange, 200, body));
        assertThat(sync().outcome()).isEqualTo(SyncReport.Outcome.PUBLISHED);
        assertThat(served(path)).hasBinaryContent(content);
    }

    @Test
    void tells_a_web_page_from_a_package_and_keeps_the_good_ones() throws IOException {
        sync();
        upstream.has(NEW);
        upstream.fails("b-2-1.x86_64.rpm", (exchange, _) -> PretendUpstream.page(exchange));
        expectOld(MirrorReason.WRONG_SIZE);
        upstream.behaves();
        upstream.forget();
        assertThat(sync().outcome()).isEqualTo(SyncReport.Outcome.PUBLISHED);
        assertThat(upstream.asked())
                .filteredOn(path -> path.startsWith("Packages/"))
                .containsExactly(SECOND);
    }

    @Test
    void refuses_other_bytes_of_the_right_length() throws IOException {
        sync();
        upstream.has(NEW);
        upstream.fails(
                "b-2-1.x86_64.rpm",
                (exchange, content) -> PretendUpstream.send(exchange, 200, new byte[content.length]));
        SyncReport report = expectOld(MirrorReason.WRONG_CHECKSUM);
        assertThat(report.bad()).extracting(SyncReport.BadFile::path).containsExactly(SECOND);
    }

    @Test
    void refuses_a_repomd_that_is_a_web_page_or_nothing_or_garbage() throws IOException {
        sync();
        upstream.fails("repomd.xml", (exchange, _) -> PretendUpstream.page(exchange));
        assertThat(sync().outcome()).isEqualTo(SyncReport.Outcome.FAILED);
        upstream.fails("repomd.xml", (exchange, _) -> PretendUpstream.send(exchange, 200, new byte[0]));
        assertThat(sync().outcome()).isEqualTo(SyncReport.Outcome.FAILED);
        upstream.fails("repomd.xml", (exchange, _) -> PretendUpstream.send(exchange, 200, new byte[9000]));
        assertThat(sync().outcome()).isEqualTo(SyncReport.Outcome.FAILED);
        expectServed(OLD);
    }

    @Test
    void gives_up_a_file_that_always_breaks_off_at_its_first_byte() throws IOException {
        sync();
        upstream.has(NEW);
        upstream.fails("b-2-1.x86_64.rpm", (exchange, content) -> PretendUpstream.cut(exchange, content, 0));
        expectOld(MirrorReason.UNREACHABLE);
    }

    @Test
    void gives_up_a_server_that_sends_nothing_more() throws IOException {
        sync();
        patience = new DownloadSettings.Patience(Duration.ofSeconds(30), Duration.ofSeconds(1), 1);
        upstream.has(NEW);
        upstream.fails("b-2-1.x86_64.rpm", (exchange, content) -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content, 0, 10);
            exchange.getResponseBody().flush();
            java.util.concurrent.locks.LockSupport.parkNanos(
                    Duration.ofSeconds(2).toNanos());
        });
        expectOld(MirrorReason.UNREACHABLE);
    }

    @Test
    void does_not_follow_redirects_for_ever() throws IOException {
        sync();
        upstream.has(NEW);
        upstream.fails("b-2-1.x86_64.rpm", (exchange, _) -> {
            exchange.getResponseHeaders()
                    .add("Location", exchange.getRequestURI().toString());
            PretendUpstream.send(exchange, 302, new byte[0]);
        });
        SyncReport report = expectOld(MirrorReason.UNREACHABLE);
        assertThat(report.bad().getFirst().detail()).contains("redirects");
    }

    @Test
    void takes_from_another_mirror_what_one_lacks() throws IOException {
        try (PretendUpstream second = PretendUpstream.serve(OLD)) {
            upstream.fails(".rpm", (exchange, _) -> PretendUpstream.send(exchange, 404, new byte[0]));
            SyncReport report = sync(repo(Selection.ALL, upstream.address(), second.address()), SyncOptions.USUAL);
            assertThat(report.outcome()).isEqualTo(SyncReport.Outcome.PUBLISHED);
            assertThat(report.mirrors()).hasSize(2);
        }
    }

    @Test
    void begins_again_when_upstream_changes_meanwhile() throws IOException {
        upstream.fails("a-1-1.x86_64.rpm", (exchange, content) -> {
            upstream.has(NEW);
            PretendUpstream.serve(exchange, content);
        });
        SyncReport report = sync();
        assertThat(report.outcome()).as(report.toString()).isEqualTo(SyncReport.Outcome.PUBLISHED);
        assertThat(report.notes()).anyMatch(note -> note.contains("begun again"));
        expectServed(NEW);
    }

    @Test
    void holds_an_upstream_that_is_older_than_before() throws IOException {
        upstream.has(NEW);
        sync();
        upstream.has(OLD);
        SyncReport report = sync();
        assertThat(report.reason()).contains(MirrorReason.OLDER_THAN_SEEN);
        expectServed(NEW);
        SyncOptions accepting = new SyncOptions(SyncOptions.Extent.PUBLISH, SyncRequest.Older.ACCEPTED, Duration.ZERO);
        assertThat(sync(repo(Selection.ALL, upstream.address()), accepting).outcome())
                .isEqualTo(SyncReport.Outcome.PUBLISHED);
        expectServed(OLD);
    }

    @Test
    void a_dry_run_plans_and_publishes_nothing() throws IOException {
        SyncOptions planning = new SyncOptions(SyncOptions.Extent.PLAN_ONLY, SyncRequest.Older.HELD, Duration.ZERO);
        SyncReport report = sync(repo(Selection.ALL, upstream.address()), planning);
        assertThat(report.outcome()).isEqualTo(SyncReport.Outcome.PLANNED);
        assertThat(report.totals().orElseThrow().packages()).isEqualTo(2);
        assertThat(upstream.asked()).noneMatch(path -> path.startsWith("Packages/"));
        assertThat(folder.snapshots().list(ID)).isEmpty();
    }

    @Test
    void says_who_works_on_the_repository() throws IOException {
        try (RepoLock _ = folder.lock(ID, "test")) {
            assertThat(sync().reason()).contains(MirrorReason.LOCKED);
        }
    }

    @Test
    void rebuilds_metadata_for_the_newest_versions_only() throws IOException {
        upstream.has(NEW);
        Selection newest = new Selection(
                Selection.Versions.NEWEST, Set.of(), List.of(), List.of(), List.of(), Selection.Closure.NONE);
        SyncReport report = sync(repo(newest, upstream.address()), SyncOptions.USUAL);
        assertThat(report.outcome()).isEqualTo(SyncReport.Outcome.PUBLISHED);
        assertThat(folder.snapshots().newest(ID).orElseThrow().files())
                .filteredOn(file -> file.kind() == SnapshotFile.Kind.PACKAGE)
                .extracting(SnapshotFile::path)
                .containsExactly("Packages/a-1-1.x86_64.rpm", SECOND, "Packages/c-1-1.x86_64.rpm");
        assertThat(served("repodata/repomd.xml")).content().contains("<revision>1700000100</revision>");
    }

    @Test
    void keeps_the_report_of_the_last_run() throws IOException {
        SyncReport report = sync();
        assertThat(Syncer.last(folder, repo(Selection.ALL, upstream.address()))).contains(report);
    }

    @Test
    void keeps_the_report_of_a_run_that_found_nothing_new() throws IOException {
        sync();
        SyncReport report = sync();
        SyncReport kept =
                Syncer.last(folder, repo(Selection.ALL, upstream.address())).orElseThrow();
        assertThat(kept.outcome()).isEqualTo(SyncReport.Outcome.UNCHANGED);
        assertThat(kept.endedAt()).isEqualTo(report.endedAt());
        assertThat(kept.snapshot()).isEqualTo(report.snapshot());
        upstream.fails("repomd.xml", (exchange, _) -> PretendUpstream.send(exchange, 404, new byte[0]));
        SyncReport failed = sync();
        assertThat(Syncer.last(folder, repo(Selection.ALL, upstream.address()))).contains(failed);
    }

    @Test
    void points_the_newest_channel_back_when_somebody_took_the_repository_out() throws IOException {
        sync();
        folder.channels().remove(ChannelName.LATEST, List.of(ID), java.time.Instant.now(), "test");
        assertThat(sync().outcome()).isEqualTo(SyncReport.Outcome.UNCHANGED);
        expectServed(OLD);
    }

    @Test
    void indexes_and_publishes_a_folder_of_own_packages() throws IOException, InterruptedException {
        Path own = Files.createDirectory(root.resolveSibling(root.getFileName() + "-own"));
        Files.write(
                own.resolve("lamp-1-1.noarch.rpm"),
                RpmBuilder.of("lamp", "1", "1").build());
        // A file that was written a moment ago is read again by the next index.
        Thread.sleep(2_100);
        RepoSettings settings = from(new RepoSettings.Source.Folder(own.toString()), Selection.ALL);
        assertThat(sync(settings, SyncOptions.USUAL).outcome()).isEqualTo(SyncReport.Outcome.PUBLISHED);
        assertThat(served("lamp-1-1.noarch.rpm")).exists();
        assertThat(sync(settings, SyncOptions.USUAL).outcome()).isEqualTo(SyncReport.Outcome.UNCHANGED);
        Files.write(own.resolve("broken-1-1.noarch.rpm"), new byte[200]);
        SyncReport refused = sync(settings, SyncOptions.USUAL);
        assertThat(refused.outcome()).isEqualTo(SyncReport.Outcome.FAILED);
        assertThat(refused.sentence()).contains("broken-1-1.noarch.rpm");
        assertThat(served("lamp-1-1.noarch.rpm")).exists();
    }

    @Test
    void tells_whether_upstream_has_something_newer_and_fetches_nothing() throws IOException {
        assertThat(freshness()).isEqualTo(Freshness.State.NEWER);
        sync();
        assertThat(freshness()).isEqualTo(Freshness.State.CURRENT);
        upstream.has(NEW);
        upstream.forget();
        assertThat(freshness()).isEqualTo(Freshness.State.NEWER);
        assertThat(upstream.asked()).containsExactly("repodata/repomd.xml");
        upstream.fails("repomd.xml", (exchange, _) -> PretendUpstream.send(exchange, 503, new byte[0]));
        assertThat(freshness()).isEqualTo(Freshness.State.UNKNOWN);
        expectServed(OLD);
    }

    private Freshness.State freshness() {
        return new Syncer(folder, InstantSource.system(), Bandwidth.unlimited(), patience)
                .freshness(repo(Selection.ALL, upstream.address()))
                .state();
    }

    private SyncReport expectOld(MirrorReason reason) throws IOException {
        SyncReport report = sync();
        assertThat(report.outcome()).isEqualTo(SyncReport.Outcome.FAILED);
        assertThat(report.reason()).contains(reason);
        expectServed(OLD);
        return report;
    }

    private void expectServed(PretendRepo repo) throws IOException {
        for (Map.Entry<String, byte[]> file : repo.files().entrySet()) {
            assertThat(served(file.getKey())).as(file.getKey()).hasBinaryContent(file.getValue());
        }
    }

    private Path served(String path) {
        return root.resolve("www/" + ChannelName.LATEST + "/" + ID + "/" + path);
    }

    private static byte[] bytes(PretendRepo repo, String path) {
        return Optional.ofNullable(repo.files().get(path)).orElseThrow();
    }

    private SyncReport sync() {
        return sync(repo(Selection.ALL, upstream.address()), SyncOptions.USUAL);
    }

    private SyncReport sync(RepoSettings repo, SyncOptions options) {
        return new Syncer(folder, InstantSource.system(), Bandwidth.unlimited(), patience)
                .sync(repo, options, new SyncProgress());
    }

    private static RepoSettings repo(Selection selection, String... addresses) {
        return from(new RepoSettings.Source.Remote(Upstream.of(addresses)), selection);
    }

    private static RepoSettings from(RepoSettings.Source source, Selection selection) {
        return new RepoSettings(
                ID,
                "Base",
                source,
                true,
                Set.of(),
                List.of(),
                selection,
                ClientGeneration.EL9,
                Optional.empty(),
                List.of());
    }
}
