package org.ekicho.daemon.mirror.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.daemon.mirror.index.RepomdSigner;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.ChannelState;
import org.ekicho.mirror.snapshot.Snapshot;
import org.ekicho.mirror.snapshot.SnapshotFile;
import org.ekicho.mirror.snapshot.SnapshotRef;
import org.ekicho.mirror.snapshot.Timestamps;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderIntakeTest {
    private static final RepoId SITE = new RepoId("site");
    private static final ChannelName PROD = new ChannelName("prod");
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    @TempDir
    private Path root;

    private Path source;
    private MirrorFolder folder;

    @BeforeEach
    void a_folder_of_one_package() throws IOException {
        source = Files.createDirectories(root.resolve("rpms"));
        folder = MirrorFolder.open(root.resolve("mirror"));
        write("a package", "1767225600");
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Metadata as createrepo_c writes it, of one package whose content is this text.
    private void write(String content, String timestamp) throws IOException {
        Files.createDirectories(source.resolve("repodata"));
        Files.writeString(source.resolve("a-1-1.noarch.rpm"), content);
        String primary = """
                <?xml version="1.0" encoding="UTF-8"?>
                <metadata xmlns="http://linux.duke.edu/metadata/common" xmlns:rpm="http://linux.duke.edu/metadata/rpm" packages="1">
                <package type="rpm"><name>a</name><arch>noarch</arch><version epoch="0" ver="1" rel="1"/>
                <checksum type="sha256" pkgid="YES">%s</checksum><summary>a</summary><description>a</description>
                <packager></packager><url></url><time file="1" build="1"/>
                <size package="%d" installed="1" archive="1"/><location href="a-1-1.noarch.rpm"/>
                <format><rpm:license>MIT</rpm:license><rpm:vendor></rpm:vendor><rpm:group>x</rpm:group>
                <rpm:buildhost>h</rpm:buildhost><rpm:sourcerpm>a-1-1.src.rpm</rpm:sourcerpm>
                <rpm:header-range start="280" end="300"/></format></package>
                </metadata>
                """.formatted(sha256(content), content.length());
        Files.writeString(source.resolve("repodata/primary.xml"), primary);
        Files.writeString(
                source.resolve("repodata/repomd.xml"), """
                <?xml version="1.0" encoding="UTF-8"?>
                <repomd xmlns="http://linux.duke.edu/metadata/repo">
                <revision>7</revision>
                <data type="primary"><checksum type="sha256">%s</checksum>
                <location href="repodata/primary.xml"/><timestamp>%s</timestamp><size>%d</size></data>
                </repomd>
                """.formatted(sha256(primary), timestamp, primary.length()));
    }

    private Intake take() throws IOException {
        return FolderIntake.take(folder, source, source, SITE);
    }

    private Snapshot publish(Instant now) throws IOException {
        Intake intake = take();
        assertThat(intake.faults()).isEmpty();
        return folder.snapshots().publish(SITE, intake.revision(), "test", intake.files(), now);
    }

    @Test
    void everything_that_the_metadata_names_is_taken() throws IOException {
        Intake intake = take();
        assertThat(intake.faults()).isEmpty();
        assertThat(intake.revision()).isEqualTo("7");
        assertThat(intake.files())
                .extracting(SnapshotFile::path)
                .containsExactly("a-1-1.noarch.rpm", "repodata/primary.xml", "repodata/repomd.xml");
        assertThat(folder.store().has(sha256("a package"))).isTrue();
        assertThat(FolderIntake.check(folder, source, source)).isEqualTo(intake);
    }

    @Test
    void a_file_that_is_not_what_the_metadata_says_is_named_with_the_reason() throws IOException {
        Files.writeString(source.resolve("a-1-1.noarch.rpm"), "A package");
        assertThat(take().faults())
                .extracting(Fault::path, Fault::reason)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("a-1-1.noarch.rpm", MirrorReason.WRONG_CHECKSUM));
        Files.writeString(source.resolve("a-1-1.noarch.rpm"), "a packag");
        assertThat(take().faults()).extracting(Fault::reason).containsExactly(MirrorReason.WRONG_SIZE);
        Files.delete(source.resolve("a-1-1.noarch.rpm"));
        assertThat(take().faults()).extracting(Fault::reason).containsExactly(MirrorReason.NOT_WHAT_IT_SHOULD_BE);
        assertThat(folder.store().has(sha256("A package"))).isFalse();
    }

    @Test
    void a_link_out_of_the_folder_is_not_followed() throws IOException {
        Path elsewhere = Files.writeString(root.resolve("secret"), "a package");
        Files.delete(source.resolve("a-1-1.noarch.rpm"));
        Files.createSymbolicLink(source.resolve("a-1-1.noarch.rpm"), elsewhere);
        assertThat(take().faults()).extracting(Fault::reason).containsExactly(MirrorReason.NOT_WHAT_IT_SHOULD_BE);
    }

    @Test
    void a_rollback_is_older_for_yum_and_a_fresh_copy_is_not() throws IOException {
        Snapshot old = publish(NOON);
        write("a newer package", "1767229200");
        Snapshot fresh = publish(NOON.plusSeconds(60));
        folder.channels().point(PROD, Map.of(SITE, old.id()), NOON, "sync");
        folder.channels().point(PROD, Map.of(SITE, fresh.id()), NOON.plusSeconds(60), "sync");
        Publishing publishing = new Publishing(folder);
        assertThat(publishing.former(PROD, Optional.empty()).snapshots()).containsEntry(SITE, old.id());
        assertThat(publishing.plan(PROD, Map.of(SITE, old.id())))
                .extracting(Move::age)
                .containsExactly(Move.Age.OLDER);
        Instant later = NOON.plus(Duration.ofHours(1));
        Snapshot copy = publishing.freshCopy(old, Optional.empty(), later);
        assertThat(publishing.plan(PROD, Map.of(SITE, copy.id())))
                .extracting(Move::age)
                .containsExactly(Move.Age.NEWER);
        assertThat(Timestamps.newest(publishing.repomd(copy))).isEqualTo(later.getEpochSecond());
        assertThat(copy.files().getFirst()).isEqualTo(old.files().getFirst());
    }

    @Test
    void a_fresh_copy_is_signed_anew() throws IOException {
        Snapshot old = publish(NOON);
        RepomdSigner signer = new RepomdSigner() {
            @Override
            public byte[] sign(byte[] content) {
                return ("signature of " + content.length).getBytes(StandardCharsets.US_ASCII);
            }

            @Override
            public byte[] publicKey() {
                return new byte[0];
            }

            @Override
            public String key() {
                return "a key";
            }
        };
        Snapshot copy = new Publishing(folder).freshCopy(old, Optional.of(signer), NOON.plus(Duration.ofHours(1)));
        assertThat(Publishing.isSigned(old)).isFalse();
        assertThat(Publishing.isSigned(copy)).isTrue();
        Path tree = root.resolve("mirror/snapshots/site").resolve(copy.id().text());
        assertThat(tree.resolve("repodata/repomd.xml.asc"))
                .hasContent("signature of " + Files.size(tree.resolve("repodata/repomd.xml")));
    }

    @Test
    void each_rollback_goes_further_back_and_says_when_a_snapshot_is_gone() throws IOException {
        Publishing publishing = new Publishing(folder);
        Snapshot first = publish(NOON);
        folder.channels().point(PROD, Map.of(SITE, first.id()), NOON, "sync");
        write("a newer package", "1767229200");
        Snapshot second = publish(NOON.plusSeconds(60));
        folder.channels().point(PROD, Map.of(SITE, second.id()), NOON.plusSeconds(60), "sync");
        write("the newest package", "1767232800");
        Snapshot third = publish(NOON.plusSeconds(120));
        folder.channels().point(PROD, Map.of(SITE, third.id()), NOON.plusSeconds(120), "sync");
        for (int wanted = 2; wanted >= 1; wanted--) {
            ChannelState former = publishing.former(PROD, Optional.empty());
            assertThat(former.number()).isEqualTo(wanted);
            folder.channels()
                    .point(
                            PROD,
                            former.snapshots(),
                            NOON.plusSeconds(200 - wanted),
                            ChannelState.rollbackTo(former.number()));
        }
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> publishing.former(PROD, Optional.empty()))
                .hasMessageContaining("nothing to go back to");
        Instant later = NOON.plus(Duration.ofDays(30));
        folder.collector().collect(Set.of(new SnapshotRef(SITE, third.id())), later, Duration.ZERO);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> publishing.former(PROD, Optional.of(3)))
                .hasMessageContaining("cannot go back to state 3")
                .hasMessageContaining(third.id().text())
                .hasMessageContaining("was removed");
    }

    @Test
    void a_path_with_other_bytes_is_told_before_it_is_published() throws IOException {
        Snapshot old = publish(NOON);
        write("other bytes", "1767229200");
        Snapshot fresh = publish(NOON.plusSeconds(60));
        folder.channels().point(PROD, Map.of(SITE, old.id()), Instant.now(), "sync");
        assertThat(new Publishing(folder).plan(PROD, Map.of(SITE, fresh.id())))
                .singleElement()
                .satisfies(move -> assertThat(move.conflicts()).contains("a-1-1.noarch.rpm"));
    }

    @Test
    void words_of_the_command_line_name_snapshots() throws IOException {
        Snapshot made = publish(NOON);
        folder.channels().point(PROD, Map.of(SITE, made.id()), NOON, "sync");
        for (String word : List.of("prod", "site", "site@prod", "site@" + made.id())) {
            assertThat(Target.resolve(folder, word)).as(word).containsExactly(Map.entry(SITE, made.id()));
        }
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> Target.resolve(folder, "nothing"))
                .hasMessageContaining("channels are [prod], repositories [site]");
    }
}
