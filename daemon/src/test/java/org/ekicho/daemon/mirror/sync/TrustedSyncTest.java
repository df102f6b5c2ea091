package org.ekicho.daemon.mirror.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.host.download.Bandwidth;
import org.ekicho.host.download.DownloadSettings;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.settings.ClientGeneration;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.settings.RepoSettings;
import org.ekicho.mirror.settings.Selection;
import org.ekicho.mirror.settings.Upstream;
import org.ekicho.mirror.signature.OpenPgpSigner;
import org.ekicho.mirror.snapshot.SnapshotFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pgpainless.PGPainless;

/// Signatures, lists of mirrors, install trees, selections and a full disk: whole runs over real sockets.
final class TrustedSyncTest {
    private static final RepoId ID = new RepoId("base");
    private static final String ROOT = "repodata/repomd.xml";
    private static final String SIGNATURE = "repodata/repomd.xml.asc";

    @TempDir
    private Path root;

    private MirrorFolder folder;
    private PretendUpstream upstream;

    @BeforeEach
    void open() throws IOException {
        folder = MirrorFolder.open(root);
        upstream = PretendUpstream.serve(plain());
    }

    @AfterEach
    void close() {
        upstream.close();
    }

    @Test
    void publishes_metadata_that_a_trusted_key_signed_and_no_other() throws Exception {
        PGPSecretKeyRing ring = PGPainless.generateKeyRing().modernKeyRing("Upstream <up@example.org>");
        Path keys = Files.write(
                root.resolve("up.asc"), PGPainless.extractCertificate(ring).getEncoded());
        RepoSettings repo = repo(Set.of(RepoSettings.Check.METADATA), List.of(keys.toString()), Selection.ALL);

        SyncReport missing = sync(repo);
        assertThat(missing.reason()).contains(MirrorReason.BAD_SIGNATURE);
        assertThat(folder.snapshots().list(ID)).isEmpty();

        PretendRepo signed = plain();
        byte[] signature = OpenPgpSigner.open(ring.getEncoded(), new char[0]).sign(signed.file(ROOT), Instant.now());
        upstream.has(signed.with(SIGNATURE, signature));
        assertThat(sync(repo).outcome()).isEqualTo(SyncReport.Outcome.PUBLISHED);
        assertThat(served(SIGNATURE)).hasBinaryContent(signature);
        assertThat(sync(repo).outcome()).isEqualTo(SyncReport.Outcome.UNCHANGED);

        PretendRepo other = newer();
        upstream.has(other.with(SIGNATURE, signature));
        SyncReport bad = sync(repo);
        assertThat(bad.reason()).as(bad.toString()).contains(MirrorReason.BAD_SIGNATURE);
        assertThat(served(ROOT)).hasBinaryContent(signed.file(ROOT));
    }

    @Test
    void publishes_packages_that_a_trusted_key_signed_and_no_others() throws Exception {
        Path keys = Files.write(root.resolve("keys.asc"), golden("keys.asc"));
        RepoSettings repo = repo(Set.of(RepoSettings.Check.PACKAGES), List.of("file://" + keys), Selection.ALL);
        PretendRepo.Item good = new PretendRepo.Item("good", "1", golden("signed.rpm"), List.of());
        upstream.has(PretendRepo.of(1_700_000_000, List.of(good)));
        SyncReport first = sync(repo);
        assertThat(first.outcome()).as(first.toString()).isEqualTo(SyncReport.Outcome.PUBLISHED);

        upstream.has(PretendRepo.of(
                1_700_000_100,
                List.of(good, new PretendRepo.Item("stranger", "1", golden("stranger.rpm"), List.of()))));
        SyncReport report = sync(repo);
        assertThat(report.reason()).contains(MirrorReason.BAD_SIGNATURE);
        assertThat(report.bad())
                .extracting(SyncReport.BadFile::path)
                .containsExactly("Packages/stranger-1-1.x86_64.rpm");
        assertThat(folder.snapshots().list(ID)).hasSize(1);
    }

    @Test
    void judges_again_what_came_before_signatures_were_asked_for() throws Exception {
        upstream.has(PretendRepo.of(
                1_700_000_000, List.of(new PretendRepo.Item("stranger", "1", golden("stranger.rpm"), List.of()))));
        assertThat(sync(repo(Set.of(), List.of(), Selection.ALL)).isGood()).isTrue();
        Path keys = Files.write(root.resolve("keys.asc"), golden("keys.asc"));
        RepoSettings checked = repo(Set.of(RepoSettings.Check.PACKAGES), List.of(keys.toString()), Selection.ALL);
        assertThat(sync(checked).reason()).contains(MirrorReason.BAD_SIGNATURE);
    }

    @Test
    void takes_an_older_state_that_the_metalink_still_names_and_refuses_others() throws IOException {
        PretendRepo current = newer();
        PretendRepo older = plain();
        upstream.has(older.with("metalink", metalink(current.file(ROOT), Optional.of(older.file(ROOT)))));
        assertThat(sync(listed(Optional.empty(), Optional.of(address("metalink"))))
                        .outcome())
                .isEqualTo(SyncReport.Outcome.PUBLISHED);
        assertThat(served(ROOT)).hasBinaryContent(older.file(ROOT));

        upstream.has(older.with("metalink", metalink(current.file(ROOT), Optional.empty())));
        SyncReport report = sync(listed(Optional.empty(), Optional.of(address("metalink"))));
        assertThat(report.reason()).as(report.toString()).contains(MirrorReason.WRONG_CHECKSUM);

        upstream.has(current.with("metalink", metalink(current.file(ROOT), Optional.empty())));
        assertThat(sync(listed(Optional.empty(), Optional.of(address("metalink"))))
                        .outcome())
                .isEqualTo(SyncReport.Outcome.PUBLISHED);
        assertThat(sync(listed(Optional.empty(), Optional.of(address("metalink"))))
                        .outcome())
                .isEqualTo(SyncReport.Outcome.UNCHANGED);
    }

    @Test
    void goes_to_the_next_server_of_a_mirrorlist() throws IOException {
        PretendRepo repo = plain();
        try (PretendUpstream dead = PretendUpstream.serve(repo)) {
            dead.fails("", (exchange, _) -> PretendUpstream.send(exchange, 503, new byte[0]));
            String list = "# mirrors\n" + dead.address() + "\n" + upstream.address() + "\n";
            upstream.has(repo.with("list", list.getBytes(StandardCharsets.UTF_8)));
            SyncReport report = sync(listed(Optional.of(address("list")), Optional.empty()));
            assertThat(report.outcome()).as(report.toString()).isEqualTo(SyncReport.Outcome.PUBLISHED);
            assertThat(report.mirrors())
                    .extracting(SyncReport.MirrorShare::trouble)
                    .anyMatch(words -> words.contains("503"));
        }
    }

    @Test
    void brings_an_install_tree_along_and_refuses_a_wrong_image() throws IOException {
        byte[] image = PretendRepo.content("image", 200_000);
        byte[] treeinfo = """
                [header]
                type = productmd.treeinfo
                version = 1.2

                [checksums]
                images/boot.iso = sha256:%s

                [general]
                arch = x86_64
                family = Test
                version = 9

                [images-x86_64]
                boot.iso = images/boot.iso
                """.formatted(Digests.sha256(image)).getBytes(StandardCharsets.UTF_8);
        PretendRepo whole = plain().with(".treeinfo", treeinfo).with("images/boot.iso", image);
        upstream.has(whole);
        SyncReport good = sync(repo(Set.of(), List.of(), Selection.ALL));
        assertThat(good.outcome()).as(good.toString()).isEqualTo(SyncReport.Outcome.PUBLISHED);
        assertThat(served("images/boot.iso")).hasBinaryContent(image);
        assertThat(served(".treeinfo")).hasBinaryContent(treeinfo);

        byte[] altered = new String(treeinfo, StandardCharsets.UTF_8)
                .replace(Digests.sha256(image), Digests.sha256("another image"))
                .getBytes(StandardCharsets.UTF_8);
        upstream.has(plain().with(".treeinfo", altered).with("images/boot.iso", image));
        SyncReport bad = sync(repo(Set.of(), List.of(), Selection.ALL));
        assertThat(bad.reason()).as(bad.toString()).contains(MirrorReason.WRONG_CHECKSUM);
        assertThat(served(".treeinfo")).hasBinaryContent(treeinfo);
        for (String broken : new String[] {"<html>log in</html>", "[general\nfamily"}) {
            upstream.has(plain().with(".treeinfo", broken.getBytes(StandardCharsets.UTF_8)));
            assertThat(sync(repo(Set.of(), List.of(), Selection.ALL)).outcome())
                    .as(broken)
                    .isEqualTo(SyncReport.Outcome.FAILED);
            assertThat(served(".treeinfo")).hasBinaryContent(treeinfo);
        }
        upstream.has(plain());
        assertThat(sync(repo(Set.of(), List.of(), Selection.ALL)).outcome()).isEqualTo(SyncReport.Outcome.PUBLISHED);
        assertThat(served(".treeinfo")).doesNotExist();
    }

    @Test
    void keeps_listed_packages_with_what_they_require() throws IOException {
        upstream.has(PretendRepo.of(
                1_700_000_000, List.of(item("app", "lib"), item("lib", "deep"), item("deep"), item("other", "lib"))));
        Selection app = new Selection(
                Selection.Versions.ALL, Set.of(), List.of(), List.of(), List.of("app"), Selection.Closure.DEPENDENCIES);
        SyncReport report = sync(repo(Set.of(), List.of(), app));
        assertThat(report.outcome()).as(report.toString()).isEqualTo(SyncReport.Outcome.PUBLISHED);
        assertThat(folder.snapshots().newest(ID).orElseThrow().files())
                .filteredOn(file -> file.kind() == SnapshotFile.Kind.PACKAGE)
                .extracting(SnapshotFile::path)
                .containsExactly(
                        "Packages/app-1-1.x86_64.rpm", "Packages/deep-1-1.x86_64.rpm", "Packages/lib-1-1.x86_64.rpm");
    }

    @Test
    void fetches_no_package_when_the_disk_cannot_hold_them() throws IOException {
        upstream.has(PretendRepo.claiming(1_700_000_000, item("huge"), 1L << 50));
        SyncReport report = sync(repo(Set.of(), List.of(), Selection.ALL));
        assertThat(report.reason()).as(report.toString()).contains(MirrorReason.DISK_FULL);
        assertThat(upstream.asked()).noneMatch(path -> path.endsWith(".rpm"));
    }

    private static PretendRepo.Item item(String name, String... requires) {
        return new PretendRepo.Item(name, "1", PretendRepo.content(name, 2000), List.of(requires));
    }

    private static PretendRepo plain() {
        return PretendRepo.of(1_700_000_000, Map.of("a", List.of("1")), 2000);
    }

    private static PretendRepo newer() {
        return PretendRepo.of(1_700_000_100, Map.of("a", List.of("1", "2")), 2000);
    }

    private String address(String path) {
        return upstream.address() + path;
    }

    private byte[] metalink(byte[] current, Optional<byte[]> alternate) {
        String older = alternate
                .map(bytes -> "<mm0:alternates><mm0:alternate><mm0:timestamp>1700000000</mm0:timestamp>" + hash(bytes)
                        + "</mm0:alternate></mm0:alternates>")
                .orElse("");
        return ("<metalink version=\"3.0\" xmlns=\"http://www.metalinker.org/\""
                        + " xmlns:mm0=\"http://fedorahosted.org/mirrormanager\"><files><file name=\"repomd.xml\">"
                        + "<mm0:timestamp>1700000100</mm0:timestamp>" + hash(current) + older
                        + "<resources><url protocol=\"http\" type=\"http\" preference=\"90\">" + address(ROOT)
                        + "</url></resources></file></files></metalink>")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String hash(byte[] bytes) {
        return "<size>" + bytes.length + "</size><verification><hash type=\"sha256\">" + Digests.sha256(bytes)
                + "</hash></verification>";
    }

    private Path served(String path) {
        return root.resolve("www/latest/" + ID + "/" + path);
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = TrustedSyncTest.class.getResourceAsStream("/golden/signature/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    private SyncReport sync(RepoSettings repo) {
        DownloadSettings.Patience patience =
                new DownloadSettings.Patience(Duration.ofSeconds(30), Duration.ofSeconds(30), 1);
        return new Syncer(folder, InstantSource.system(), Bandwidth.unlimited(), patience)
                .sync(repo, SyncOptions.USUAL, new SyncProgress());
    }

    private RepoSettings repo(Set<RepoSettings.Check> checks, List<String> keys, Selection selection) {
        return settings(Upstream.of(upstream.address()), checks, keys, selection);
    }

    private static RepoSettings listed(Optional<String> mirrorlist, Optional<String> metalink) {
        Upstream from = new Upstream(
                List.of(),
                mirrorlist,
                metalink,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Upstream.Tls.SYSTEM);
        return settings(from, Set.of(), List.of(), Selection.ALL);
    }

    private static RepoSettings settings(
            Upstream from, Set<RepoSettings.Check> checks, List<String> keys, Selection selection) {
        return new RepoSettings(
                ID,
                "Base",
                new RepoSettings.Source.Remote(from),
                true,
                checks,
                keys,
                selection,
                ClientGeneration.EL9,
                Optional.empty(),
                List.of());
    }
}
