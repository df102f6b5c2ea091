package org.ekicho.daemon.mirror.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ekicho.daemon.mirror.folder.Contents.BASE;
import static org.ekicho.daemon.mirror.folder.Contents.NOON;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.snapshot.MirrorLayout;
import org.ekicho.mirror.snapshot.Snapshot;
import org.ekicho.mirror.snapshot.SnapshotRef;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectorTest {
    private static final ChannelName PROD = new ChannelName("prod");
    private static final Instant LATER = NOON.plus(Duration.ofDays(30));

    @TempDir
    private Path root;

    private MirrorFolder folder;
    private Snapshot first;
    private Snapshot second;
    private Snapshot third;

    @BeforeEach
    void three_snapshots() throws IOException {
        folder = MirrorFolder.open(root);
        first = Contents.publish(folder, BASE, NOON, "a-1.rpm", "c.rpm");
        second = Contents.publish(folder, BASE, NOON.plusSeconds(1), "a-2.rpm", "c.rpm");
        third = Contents.publish(folder, BASE, NOON.plusSeconds(2), "a-3.rpm", "c.rpm");
        folder.channels().point(PROD, Map.of(BASE, first.id()), NOON, "sync");
        folder.channels().point(PROD, Map.of(BASE, second.id()), NOON.plusSeconds(1), "sync");
        folder.channels().point(PROD, Map.of(BASE, third.id()), NOON.plusSeconds(2), "sync");
    }

    private SnapshotRef ref(Snapshot snapshot) {
        return new SnapshotRef(BASE, snapshot.id());
    }

    @Test
    void frees_what_no_snapshot_has_and_only_that() throws IOException {
        Garbage planned = folder.collector().look(Set.of(ref(first)), LATER);
        Garbage freed = folder.collector().collect(Set.of(ref(first)), LATER, Duration.ZERO);
        assertThat(freed).isEqualTo(planned);
        assertThat(freed.retention().going()).containsExactly(ref(first));
        // Its package, its primary.xml and its repomd.xml; c.rpm is in the others too.
        assertThat(freed.contents()).isEqualTo(3);
        assertThat(root.resolve(MirrorLayout.snapshot(BASE, first.id()))).doesNotExist();
        assertThat(folder.snapshots().list(BASE)).containsExactly(second.id(), third.id());
        assertThat(root.resolve("www/prod/base/c.rpm")).hasContent("content of c.rpm");
        new Checker(root).everythingServedIsWhole();
        new Checker(root).nothingIsLeftOver();
        assertThat(folder.collector().look(Set.of(), LATER).isEmpty()).isTrue();
    }

    @Test
    void a_view_is_given_up_when_nobody_can_be_late_any_more() throws IOException {
        assertThat(root.resolve("www/prod/base/a-2.rpm")).exists();
        folder.collector().collect(Set.of(), NOON.plus(Duration.ofDays(2)), Duration.ZERO);
        assertThat(root.resolve("www/prod/base/a-2.rpm")).exists();
        folder.collector().collect(Set.of(), LATER, Duration.ZERO);
        assertThat(root.resolve("www/prod/base/a-2.rpm")).doesNotExist();
        assertThat(root.resolve("www/prod/base/a-3.rpm")).exists();
        assertThat(Trees.names(root.resolve("views/base"))).isEmpty();
        assertThat(folder.channels().current(PROD).orElseThrow().number()).isEqualTo(3);
    }

    @Test
    void what_is_in_use_is_refused() throws IOException {
        Garbage freed = folder.collector().collect(Set.of(ref(third), ref(second)), LATER, Duration.ZERO);
        assertThat(freed.retention().refused())
                .extracting(kept -> kept.snapshot())
                .containsExactly(ref(second), ref(third));
        assertThat(folder.snapshots().list(BASE)).hasSize(3);
    }

    @Test
    void waits_for_runs_and_says_who_they_are() throws IOException {
        try (RepoLock _ = folder.lock(BASE, "sync")) {
            assertThatThrownBy(() -> folder.collector().collect(Set.of(), LATER, Duration.ZERO))
                    .isInstanceOf(LockedException.class)
                    .hasMessageContaining("base by process")
                    .hasMessageContaining("(sync)");
            List<String> told = new ArrayList<>();
            assertThatThrownBy(
                            () -> folder.collector().collect(Set.of(), LATER, Locks.MOMENT.plusMillis(50), told::add))
                    .isInstanceOf(LockedException.class);
            assertThat(told).singleElement().asString().contains("waits for", "base by process", "(sync)");
        }
        folder.collector().collect(Set.of(), LATER, Duration.ZERO);
    }

    @Test
    void a_pinned_snapshot_stays_until_it_is_unpinned() throws IOException {
        folder.pins().pin(ref(first), "audit of 2026");
        assertThat(folder.pins().all()).containsEntry(ref(first), "audit of 2026");
        folder.collector().collect(Set.of(ref(first)), LATER, Duration.ZERO);
        assertThat(folder.snapshots().list(BASE)).hasSize(3);
        folder.pins().unpin(ref(first));
        folder.collector().collect(Set.of(ref(first)), LATER, Duration.ZERO);
        assertThat(folder.snapshots().list(BASE)).hasSize(2);
    }

    @Test
    void a_manifest_that_is_missing_stops_it_before_anything_is_freed() throws IOException {
        Path manifest = root.resolve(MirrorLayout.manifest(BASE, third.id()));
        Path backup = root.resolveSibling(root.getFileName() + ".backup");
        Files.move(manifest, backup);
        try {
            assertThatThrownBy(() -> folder.collector().collect(Set.of(ref(first)), LATER, Duration.ZERO))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("nothing is freed")
                    .hasMessageContaining("channel prod shows it")
                    .hasMessageContaining(manifest.toString());
            assertThat(root.resolve(MirrorLayout.snapshot(BASE, first.id()))).exists();
        } finally {
            Files.move(backup, manifest);
        }
        assertThat(folder.collector().collect(Set.of(), LATER, Duration.ZERO)).isNotNull();
        assertThat(root.resolve("www/prod/base/c.rpm")).hasContent("content of c.rpm");
    }

    @Test
    void a_link_that_cannot_be_read_is_not_taken_for_none() throws IOException {
        Path state = root.resolve(MirrorLayout.channel(PROD, 3));
        Path away = root.resolveSibling(root.getFileName() + ".away");
        Files.move(state, away);
        Files.createSymbolicLink(state, state.getFileName());
        try {
            assertThatThrownBy(() -> folder.collector().collect(Set.of(), NOON.plusSeconds(9), Duration.ZERO))
                    .isInstanceOf(IOException.class);
        } finally {
            Files.delete(state);
            Files.move(away, state);
        }
        assertThat(root.resolve("www/prod/base/a-2.rpm")).exists();
    }

    @Test
    void the_path_of_a_view_is_never_used_again() throws IOException {
        Path before = root.resolve("www/prod/base").toRealPath();
        folder.collector().collect(Set.of(), LATER, Duration.ZERO);
        assertThat(before).doesNotExist();
        folder.channels().point(PROD, Map.of(BASE, second.id()), LATER, "rollback");
        folder.channels().point(PROD, Map.of(BASE, third.id()), LATER.plusSeconds(1), "promote");
        assertThat(root.resolve("www/prod/base").toRealPath()).isNotEqualTo(before);
    }
}
