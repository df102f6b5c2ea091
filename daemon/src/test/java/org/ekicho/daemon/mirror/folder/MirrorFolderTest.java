package org.ekicho.daemon.mirror.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ekicho.daemon.mirror.folder.Contents.BASE;
import static org.ekicho.daemon.mirror.folder.Contents.NOON;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.ChannelState;
import org.ekicho.mirror.snapshot.MirrorLayout;
import org.ekicho.mirror.snapshot.Snapshot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MirrorFolderTest {
    private static final ChannelName PROD = new ChannelName("prod");

    @TempDir
    private Path root;

    private MirrorFolder folder;

    @BeforeEach
    void open() throws IOException {
        folder = MirrorFolder.open(root);
    }

    @Test
    void a_snapshot_is_a_tree_of_links_into_the_store() throws IOException {
        Snapshot made = Contents.publish(folder, BASE, NOON, "Packages/a/a-1-1.noarch.rpm");
        assertThat(folder.snapshots().read(BASE, made.id())).contains(made);
        assertThat(folder.snapshots().newest(BASE)).contains(made);
        assertThat(folder.snapshots().repos()).containsExactly(BASE);
        Path file = root.resolve(MirrorLayout.snapshot(BASE, made.id())).resolve("Packages/a/a-1-1.noarch.rpm");
        assertThat(file).hasContent("content of Packages/a/a-1-1.noarch.rpm");
        assertThat(DiskStore.links(file)).isEqualTo(2);
        assertThat(Files.getLastModifiedTime(file).toInstant().getEpochSecond()).isEqualTo(1_767_225_600);
        assertThat(Files.isWritable(file) && !System.getProperty("user.name").equals("root"))
                .isFalse();
    }

    @Test
    void nothing_is_made_when_nothing_changed() throws IOException {
        Snapshot first = Contents.publish(folder, BASE, NOON, "a.rpm");
        assertThat(Contents.publish(folder, BASE, NOON.plusSeconds(60), "a.rpm"))
                .isEqualTo(first);
        assertThat(folder.snapshots().list(BASE)).containsExactly(first.id());
    }

    @Test
    void ids_are_in_the_order_of_publishing_even_when_the_clock_goes_back() throws IOException {
        Snapshot first = Contents.publish(folder, BASE, NOON, "a.rpm");
        Snapshot second = Contents.publish(folder, BASE, NOON.minusSeconds(3600), "b.rpm");
        assertThat(folder.snapshots().list(BASE)).containsExactly(first.id(), second.id());
    }

    @Test
    void one_link_is_what_a_channel_is() throws IOException {
        Snapshot first = Contents.publish(folder, BASE, NOON, "a.rpm");
        ChannelState state = folder.channels().point(PROD, Map.of(BASE, first.id()), NOON, "a test");
        assertThat(folder.channels().current(PROD)).contains(state);
        assertThat(folder.channels().names()).containsExactly(PROD);
        assertThat(Files.readSymbolicLink(root.resolve("www/prod"))).isEqualTo(Path.of("../channels/prod/1"));
        assertThat(root.resolve("www/prod/base/a.rpm")).hasContent("content of a.rpm");
        assertThat(root.resolve("www/snapshots/base/" + first.id() + "/a.rpm")).hasContent("content of a.rpm");
    }

    @Test
    void late_clients_find_files_of_the_replaced_snapshot_until_the_grace_time_ends() throws IOException {
        Snapshot first = Contents.publish(folder, BASE, NOON, "a-1.rpm");
        Snapshot second = Contents.publish(folder, BASE, NOON.plusSeconds(1), "a-2.rpm");
        Snapshot third = Contents.publish(folder, BASE, NOON.plusSeconds(2), "a-3.rpm");
        folder.channels().point(PROD, Map.of(BASE, first.id()), NOON, "sync");
        folder.channels().point(PROD, Map.of(BASE, second.id()), NOON.plus(Duration.ofDays(1)), "sync");
        assertThat(root.resolve("www/prod/base/a-1.rpm")).exists();
        assertThat(root.resolve("www/prod/base/a-2.rpm")).exists();
        assertThat(root.resolve("www/prod/base/repodata/repomd.xml"))
                .hasSameBinaryContentAs(
                        root.resolve(MirrorLayout.snapshot(BASE, second.id())).resolve("repodata/repomd.xml"));
        folder.channels().point(PROD, Map.of(BASE, third.id()), NOON.plus(Duration.ofDays(5)), "sync");
        assertThat(root.resolve("www/prod/base/a-1.rpm")).doesNotExist();
        assertThat(root.resolve("www/prod/base/a-2.rpm")).exists();
        assertThat(root.resolve("www/snapshots/base/" + third.id() + "/a-2.rpm"))
                .doesNotExist();
    }

    @Test
    void history_counts_up_and_a_second_pointing_to_the_same_does_nothing() throws IOException {
        Snapshot first = Contents.publish(folder, BASE, NOON, "a-1.rpm");
        Snapshot second = Contents.publish(folder, BASE, NOON.plusSeconds(1), "a-2.rpm");
        folder.channels().point(PROD, Map.of(BASE, first.id()), NOON, "sync");
        folder.channels().point(PROD, Map.of(BASE, second.id()), NOON, "sync");
        folder.channels().point(PROD, Map.of(BASE, second.id()), NOON, "again");
        folder.channels().point(PROD, Map.of(BASE, first.id()), NOON, "back");
        assertThat(folder.channels().history(PROD))
                .extracting(ChannelState::number, ChannelState::why)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, "sync"),
                        org.assertj.core.groups.Tuple.tuple(2, "sync"),
                        org.assertj.core.groups.Tuple.tuple(3, "back"));
        assertThat(folder.channels().remove(PROD, List.of(BASE), NOON, "gone").snapshots())
                .isEmpty();
        assertThat(root.resolve("www/prod/base")).doesNotExist();
    }

    @Test
    void the_second_is_told_who_has_the_lock() throws IOException {
        try (RepoLock _ = folder.lock(BASE, "sync")) {
            assertThatThrownBy(() -> MirrorFolder.open(root).lock(BASE, "publish"))
                    .isInstanceOf(LockedException.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid() + " (sync) since ");
            folder.lock(new RepoId("other"), "sync").close();
        }
        folder.lock(BASE, "publish").close();
    }

    @Test
    void the_generation_is_even_and_higher_after_a_switch_and_repaired_when_left_odd() throws IOException {
        long before = generation();
        Snapshot first = Contents.publish(folder, BASE, NOON, "a.rpm");
        folder.channels().point(PROD, Map.of(BASE, first.id()), NOON, "sync");
        assertThat(generation()).isGreaterThan(before).isEven();
        Files.write(
                root.resolve(MirrorLayout.GENERATION),
                ByteBuffer.allocate(8).putLong(41).array());
        MirrorFolder.open(root);
        assertThat(generation()).isEqualTo(42);
    }

    private long generation() throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(root.resolve(MirrorLayout.GENERATION)))
                .getLong();
    }

    @Test
    void what_a_killed_run_left_is_cleared_at_the_next_opening() throws IOException {
        Snapshot first = Contents.publish(folder, BASE, NOON, "a.rpm");
        folder.channels().point(PROD, Map.of(BASE, first.id()), NOON, "sync");
        Path half = root.resolve("snapshots/base/20261127T130000Z-00000000");
        Files.createDirectories(half.resolve("repodata"));
        Files.createDirectories(root.resolve("channels/prod/2"));
        Files.createDirectories(root.resolve("stage/.tree-x/y"));
        Files.createDirectories(root.resolve("stage/base/downloads"));
        Files.writeString(root.resolve("manifests/base/.x.snapshot.new"), "half");
        MirrorFolder.open(root);
        assertThat(half).doesNotExist();
        assertThat(root.resolve("channels/prod/2")).doesNotExist();
        assertThat(root.resolve("stage/.tree-x")).doesNotExist();
        assertThat(root.resolve("manifests/base/.x.snapshot.new")).doesNotExist();
        assertThat(root.resolve("stage/base/downloads")).exists();
        assertThat(root.resolve("www/prod/base/a.rpm")).exists();
    }

    @Test
    void a_channel_cannot_point_to_what_is_not_there() throws IOException {
        Snapshot first = Contents.publish(folder, BASE, NOON, "a.rpm");
        assertThatThrownBy(() -> folder.channels().point(PROD, Map.of(new RepoId("other"), first.id()), NOON, "wrong"))
                .hasMessageContaining("there is no snapshot other@" + first.id());
        assertThat(folder.channels().current(PROD)).isEmpty();
        assertThat(Trees.names(root.resolve("stage"))).containsExactly("base");
    }
}
