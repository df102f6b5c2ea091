package org.ekicho.daemon.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.ClientGeneration;
import org.ekicho.mirror.settings.MirrorSettings;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.settings.RepoSettings;
import org.ekicho.mirror.settings.RepoSettings.Check;
import org.ekicho.mirror.settings.Selection;
import org.ekicho.mirror.snapshot.Snapshot;
import org.ekicho.mirror.snapshot.SnapshotFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pgpainless.PGPainless;

class ClientSideTest {
    private static final RepoId BASE = new RepoId("base");
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    @TempDir
    private Path root;

    /// Publishes a repository whose files have their own names as content.
    private MirrorFolder published(String... files) throws IOException {
        MirrorFolder folder = MirrorFolder.open(root.resolve("mirror"));
        Snapshot made = folder.snapshots()
                .publish(
                        BASE,
                        "1",
                        "test",
                        List.of(files).stream().map(name -> taken(folder, name)).toList(),
                        NOON);
        folder.channels().point(ChannelName.LATEST, Map.of(BASE, made.id()), NOON, "test");
        return folder;
    }

    private static SnapshotFile taken(MirrorFolder folder, String name) {
        try {
            byte[] content = name.getBytes(StandardCharsets.UTF_8);
            String sha256 = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
            folder.store().take(Files.write(folder.stage(BASE).resolve("file"), content), sha256);
            return new SnapshotFile(name, sha256, content.length, NOON.getEpochSecond(), SnapshotFile.Kind.ROOT);
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private MirrorSettings checkedWith(Path... keys) {
        return MirrorSettings.of(
                root.resolve("mirror").toString(),
                List.of(new RepoSettings(
                        BASE,
                        "Base",
                        new RepoSettings.Source.Bundles(),
                        true,
                        Set.of(Check.PACKAGES, Check.METADATA),
                        List.of(keys).stream().map(Path::toString).toList(),
                        Selection.ALL,
                        ClientGeneration.EL9,
                        Optional.empty(),
                        List.of("old/base"))));
    }

    @Test
    void a_secret_key_is_never_served() throws Exception {
        var ring = PGPainless.generateKeyRing().modernKeyRing("Site <site@example.org>");
        Path secret = Files.writeString(root.resolve("secret"), PGPainless.asciiArmor(ring));
        Path known =
                Files.writeString(root.resolve("known"), PGPainless.asciiArmor(PGPainless.extractCertificate(ring)));
        MirrorFolder folder = published("repodata/repomd.xml");
        assertThat(new ClientSide(folder, checkedWith(secret, known, root.resolve("gone"))).refresh())
                .hasSize(2)
                .allMatch(problem -> problem.startsWith("clients cannot be given the key "));
        assertThat(root.resolve("mirror/www/keys")).isDirectoryContaining("glob:**/known");
        assertThat(root.resolve("mirror/www/keys")).isDirectoryNotContaining("glob:**/secret");
        assertThat(root.resolve("mirror/www/old/base/repodata/repomd.xml")).exists();
    }

    @Test
    void everybody_may_read_a_public_key_also_one_that_an_earlier_version_wrote() throws Exception {
        var ring = PGPainless.generateKeyRing().modernKeyRing("Site <site@example.org>");
        Path known =
                Files.writeString(root.resolve("known"), PGPainless.asciiArmor(PGPainless.extractCertificate(ring)));
        ClientSide side = new ClientSide(published("repodata/repomd.xml"), checkedWith(known));
        Path key = root.resolve("mirror/www/keys/known");
        for (int i = 0; i < 2; i++) {
            assertThat(side.refresh()).isEmpty();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                    .isEqualTo("rw-r--r--");
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        }
    }

    @Test
    void metadata_without_a_signature_is_not_said_to_have_one() throws IOException {
        ClientSide unsigned = new ClientSide(published("repodata/repomd.xml"), checkedWith());
        assertThat(unsigned.of(ChannelName.LATEST).repos())
                .singleElement()
                .satisfies(repo -> assertThat(repo.checks()).containsExactly(Check.PACKAGES));
        ClientSide signed = new ClientSide(published("repodata/repomd.xml", "repodata/repomd.xml.asc"), checkedWith());
        assertThat(signed.of(ChannelName.LATEST).repos())
                .singleElement()
                .satisfies(repo -> assertThat(repo.checks()).contains(Check.METADATA));
    }

    @Test
    void repositories_that_the_channel_lacks_are_left_out_and_those_that_nobody_spoke_of_are_in() throws IOException {
        MirrorFolder folder = published("repodata/repomd.xml");
        RepoSettings elsewhere = new RepoSettings(
                new RepoId("elsewhere"),
                "Elsewhere",
                new RepoSettings.Source.Bundles(),
                true,
                Set.of(),
                List.of(),
                Selection.ALL,
                ClientGeneration.EL9,
                Optional.empty(),
                List.of());
        MirrorSettings settings = MirrorSettings.of(folder.root().toString(), List.of(elsewhere));
        ClientSide side = new ClientSide(folder, settings);
        assertThat(side.of(ChannelName.LATEST).repos())
                .extracting(RepoSettings::id)
                .containsExactly(BASE);
        assertThat(side.of(new ChannelName("new")).repos()).containsExactly(elsewhere);
    }
}
