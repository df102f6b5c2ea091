package org.ekicho.daemon.mirror.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.ekicho.mirror.bundle.BundleKey;
import org.ekicho.mirror.bundle.BundleManifest;
import org.ekicho.mirror.bundle.Receipt;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.snapshot.Snapshot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleRoundTripTest {
    /// Larger than two volumes.
    private static final String LARGE = "large ".repeat(1_700);

    @TempDir
    private Path temp;

    private Site north;
    private Site island;
    private Path stick;

    BundleRoundTripTest() {}

    @BeforeEach
    void open() throws IOException {
        north = Site.open("Nord", temp.resolve("north"));
        island = Site.open("Insel", temp.resolve("island"));
        island.trusts(north);
        north.trusts(island);
        stick = Files.createDirectory(temp.resolve("stick"));
    }

    @Test
    void a_snapshot_arrives_as_it_was() throws Exception {
        Snapshot sent = north.publish(1, Map.of("a.rpm", "a", "b.rpm", LARGE));
        Path bundle = north.export(stick, new Since.Nothing(), 1);
        ImportReport report = island.take(bundle);
        assertThat(report.published()).containsExactly(sent.id() + " of own");
        assertThat(report.isComplete()).isTrue();
        Snapshot arrived =
                island.folder().snapshots().read(Site.REPO, sent.id()).orElseThrow();
        assertThat(arrived.files()).isEqualTo(sent.files());
        assertThat(island.folder().root().resolve("www/latest/own/b.rpm")).hasContent(LARGE);
        assertThat(Files.getLastModifiedTime(island.folder().root().resolve("www/latest/own/b.rpm"))
                        .toInstant()
                        .getEpochSecond())
                .isEqualTo(1_767_225_600);
    }

    @Test
    void a_volume_is_never_larger_than_asked_for() throws Exception {
        north.publish(1, Map.of("a.rpm", "a", "b.rpm", LARGE));
        Path bundle = north.export(stick, new Since.Nothing(), 1);
        try (Stream<Path> files = Files.list(bundle)) {
            List<Path> volumes =
                    files.filter(file -> file.toString().endsWith(".ekv")).toList();
            assertThat(volumes)
                    .hasSize(3)
                    .allSatisfy(volume -> assertThat(Files.size(volume)).isLessThanOrEqualTo(Site.VOLUME_BYTES));
        }
    }

    @Test
    void importing_twice_changes_nothing() throws Exception {
        north.publish(1, Map.of("a.rpm", "a"));
        Path bundle = north.export(stick, new Since.Nothing(), 1);
        island.take(bundle);
        ImportReport again = island.take(bundle);
        assertThat(again.published()).isEmpty();
        assertThat(again.already()).hasSize(1);
        assertThat(again.channels()).isEmpty();
        assertThat(island.folder().channels().history(ChannelName.LATEST)).hasSize(1);
    }

    @Test
    void an_increment_has_only_what_is_new() throws Exception {
        north.publish(1, Map.of("a.rpm", "a", "b.rpm", LARGE));
        island.take(north.export(stick, new Since.Nothing(), 1));
        Snapshot second = north.publish(2, Map.of("a.rpm", "a", "b.rpm", LARGE, "c.rpm", "c"));
        ExportPlan plan = new BundleExport(north.desk()).plan(Site.order(stick, new Since.Last()), "Nord", Site.day(2));
        assertThat(plan.objects()).as("c.rpm, primary, repomd").isEqualTo(3);
        assertThat(plan.objectsLeftOut()).isEqualTo(2);
        ImportReport report = island.take(north.export(stick, new Since.Last(), 2));
        assertThat(report.published()).containsExactly(second.id() + " of own");
        assertThat(island.folder().root().resolve("www/latest/own/c.rpm")).hasContent("c");
    }

    @Test
    void increments_in_the_wrong_order_end_right() throws Exception {
        Snapshot first = north.publish(1, Map.of("a.rpm", "a", "b.rpm", LARGE));
        Path one = north.export(stick, new Since.Nothing(), 1);
        Snapshot second = north.publish(2, Map.of("b.rpm", LARGE, "c.rpm", "c"));
        Path two = north.export(stick, new Since.Last(), 2);
        Snapshot third = north.publish(3, Map.of("c.rpm", "c", "d.rpm", "d"));
        Path three = north.export(stick, new Since.Last(), 3);

        ImportReport report = island.take(three);
        assertThat(report.published()).isEmpty();
        assertThat(report.waiting()).singleElement().satisfies(waiting -> {
            assertThat(waiting.snapshot()).isEqualTo(third.id() + " of own");
            assertThat(waiting.why()).contains("bundle " + name(two) + " or one before it");
        });
        island.reopen();
        report = island.take(two);
        assertThat(report.published()).containsExactly(third.id() + " of own");
        assertThat(report.waiting())
                .singleElement()
                .satisfies(waiting -> assertThat(waiting.why()).contains("bundle " + name(one)));
        island.reopen();
        report = island.take(one);
        assertThat(report.published()).containsExactly(first.id() + " of own", second.id() + " of own");
        assertThat(report.isComplete()).isTrue();
        assertThat(island.folder()
                        .channels()
                        .current(ChannelName.LATEST)
                        .orElseThrow()
                        .snapshots())
                .as("latest never goes back")
                .containsValue(third.id());
        assertThat(temp.resolve("island/bundles/waiting")).isEmptyDirectory();
        assertThat(temp.resolve("island/bundles/incoming")).doesNotExist();
    }

    @Test
    void a_waiting_bundle_keeps_its_objects_whatever_is_collected() throws Exception {
        north.publish(1, Map.of("b.rpm", LARGE));
        Path one = north.export(stick, new Since.Nothing(), 1);
        Snapshot second = north.publish(2, Map.of("b.rpm", LARGE, "c.rpm", "c"));
        Path two = north.export(stick, new Since.Last(), 2);
        island.take(two);
        for (var file : second.files()) {
            Files.deleteIfExists(island.folder().store().path(file.sha256()));
        }
        assertThat(island.take(one).published()).hasSize(2);
    }

    @Test
    void a_waiting_bundle_that_is_damaged_holds_up_no_other() throws Exception {
        north.publish(1, Map.of("b.rpm", LARGE));
        Path one = north.export(stick, new Since.Nothing(), 1);
        north.publish(2, Map.of("b.rpm", LARGE, "c.rpm", "c"));
        Path two = north.export(stick, new Since.Last(), 2);
        island.take(two);
        Path waiting;
        try (var places = Files.list(island.desk().waiting())) {
            waiting = places.findFirst().orElseThrow();
        }
        Files.writeString(waiting.resolve(BundleManifest.FILE_NAME), "half");
        assertThat(island.take(one).published()).hasSize(1);
        assertThat(island.take(two).published()).as("from its medium once more").hasSize(1);
    }

    @Test
    void volumes_may_come_one_by_one() throws Exception {
        Snapshot sent = north.publish(1, Map.of("a.rpm", "a", "b.rpm", LARGE));
        Path bundle = north.export(stick, new Since.Nothing(), 1);
        Path other = Files.createDirectory(temp.resolve("other-stick"));
        Files.move(bundle.resolve("volume-0002.ekv"), other.resolve("volume-0002.ekv"));
        ImportReport report = island.take(bundle);
        assertThat(report.waiting())
                .singleElement()
                .satisfies(waiting -> assertThat(waiting.why())
                        .isEqualTo("volume 1, 2, 3 of bundle " + name(bundle))
                        .as("b.rpm is cut"));
        assertThat(report.bundles().getFirst().missing()).containsExactly(2);
        island.reopen();
        assertThat(island.take(other).published()).containsExactly(sent.id() + " of own");
        assertThat(island.folder().root().resolve("www/latest/own/b.rpm")).hasContent(LARGE);
    }

    @Test
    void a_receipt_brings_exactly_what_is_missing() throws Exception {
        north.publish(1, Map.of("a.rpm", "a", "b.rpm", LARGE));
        island.take(north.export(stick, new Since.Nothing(), 1));
        north.publish(2, Map.of("b.rpm", LARGE, "c.rpm", "c"));
        Path file = stick.resolve("island.receipt");
        new Receipts(island.desk()).write(file, island.secret(), Site.day(2));
        Receipt receipt = new Receipts(north.desk()).read(file);
        assertThat(receipt.snapshots()).hasSize(1);
        ExportPlan plan = new BundleExport(north.desk())
                .plan(Site.order(stick, new Since.Acknowledged(receipt)), "Nord", Site.day(2));
        assertThat(plan.objects()).isEqualTo(3);
        assertThat(plan.unknown()).isEmpty();
        Path bundle = north.export(stick, new Since.Acknowledged(receipt), 2);
        assertThat(island.take(bundle).isComplete()).isTrue();
    }

    @Test
    void a_receipt_by_a_stranger_is_refused() throws Exception {
        Site stranger = Site.open("Fremd", temp.resolve("stranger"));
        Path file = stick.resolve("stranger.receipt");
        new Receipts(stranger.desk()).write(file, stranger.secret(), Site.day(2));
        assertThatThrownBy(() -> new Receipts(north.desk()).read(file))
                .isInstanceOf(BundleRefusedException.class)
                .hasMessageContaining(stranger.secret().key().fingerprint());
    }

    @Test
    void a_bundle_by_a_stranger_is_refused() throws Exception {
        Site stranger = Site.open("Fremd", temp.resolve("stranger"));
        stranger.publish(1, Map.of("a.rpm", "a"));
        Path bundle = stranger.export(stick, new Since.Nothing(), 1);
        assertThatThrownBy(() -> island.take(bundle))
                .isInstanceOf(BundleRefusedException.class)
                .hasMessageContaining("key is not trusted here; compare");
        BundleKey other = north.secret().key();
        assertThatThrownBy(() -> BundleCheck.verify(List.of(bundle), Optional.of(other), text -> {}))
                .isInstanceOf(BundleRefusedException.class);
        assertThat(BundleCheck.verify(List.of(bundle), Optional.empty(), text -> {}))
                .singleElement()
                .satisfies(verdict -> assertThat(verdict.key())
                        .isEqualTo(stranger.secret().key().fingerprint()));
    }

    @Test
    void a_mapped_channel_follows_the_senders() throws Exception {
        Snapshot first = north.publish(1, Map.of("a.rpm", "a"));
        north.folder().channels().point(new ChannelName("prod"), Map.of(Site.REPO, first.id()), Site.day(1), "promote");
        north.publish(2, Map.of("c.rpm", "c"));
        Path bundle = north.export(stick, new Since.Nothing(), 2);
        ChannelName test = new ChannelName("test");
        var mapped = new ImportOrder.Pointing.Mapped(Map.of(new ChannelName("prod"), test));
        new BundleImport(island.desk()).run(new ImportOrder(List.of(bundle), mapped), Site.day(3), text -> {});
        assertThat(island.folder().channels().current(test).orElseThrow().snapshots())
                .containsValue(first.id());
        assertThat(island.folder().channels().names()).containsExactly(test);
    }

    @Test
    void a_dry_run_changes_nothing() throws Exception {
        north.publish(1, Map.of("a.rpm", "a"));
        Path bundle = north.export(stick, new Since.Nothing(), 1);
        ImportReport report = new BundleImport(island.desk())
                .plan(new ImportOrder(List.of(bundle), new ImportOrder.Pointing.Latest()), text -> {});
        assertThat(report.published()).hasSize(1);
        assertThat(island.folder().snapshots().repos()).isEmpty();
        assertThat(island.desk().waiting()).isEmptyDirectory();
    }

    @Test
    void an_interrupted_export_goes_on_where_it_was() throws Exception {
        north.publish(1, Map.of("a.rpm", "a", "b.rpm", LARGE));
        Path bundle = north.export(stick, new Since.Nothing(), 1);
        Files.delete(bundle.resolve("bundle.signature"));
        Files.delete(bundle.resolve("volume-0003.ekv"));
        Files.write(bundle.resolve("volume-0002.ekv"), new byte[(int) Files.size(bundle.resolve("volume-0002.ekv"))]);
        Files.createFile(bundle.resolve("unfinished"));
        BundleExport.Report again = new BundleExport(north.desk())
                .run(Site.order(stick, new Since.Nothing()), north.secret(), Site.day(5), text -> {});
        assertThat(again.folder()).isEqualTo(bundle);
        assertThat(again.reused()).as("volume 1; 2 was damaged, 3 missing").isEqualTo(1);
        assertThat(island.take(bundle).isComplete()).isTrue();
    }

    @Test
    void an_unfinished_export_of_something_else_is_cleared_away() throws Exception {
        north.publish(1, Map.of("a.rpm", "a"));
        Path bundle = north.export(stick, new Since.Nothing(), 1);
        Files.delete(bundle.resolve("bundle.signature"));
        Files.createFile(bundle.resolve("unfinished"));
        north.publish(2, Map.of("c.rpm", "c"));
        Path other = north.export(stick, new Since.Nothing(), 2);
        assertThat(bundle).doesNotExist();
        assertThat(other).isDirectory();
    }

    @Test
    void a_content_that_changed_on_the_disk_is_not_carried_on() throws Exception {
        Snapshot sent = north.publish(1, Map.of("a.rpm", "a"));
        Path content = north.folder().store().path(sent.files().getFirst().sha256());
        Files.delete(content);
        Files.writeString(content, "x");
        assertThatThrownBy(() -> north.export(stick, new Since.Nothing(), 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not what its name says");
    }

    @Test
    void nothing_is_new_until_there_is_a_snapshot_or_a_channel_moves() throws Exception {
        Snapshot first = north.publish(1, Map.of("a.rpm", "a"));
        north.export(stick, new Since.Nothing(), 2);
        assertThat(news(3)).isEqualTo(ExportPlan.News.NOTHING);
        north.folder().channels().point(new ChannelName("prod"), Map.of(Site.REPO, first.id()), Site.day(4), "promote");
        assertThat(news(5)).isEqualTo(ExportPlan.News.SOMETHING);
        north.export(stick, new Since.Last(), 6);
        assertThat(news(7)).isEqualTo(ExportPlan.News.NOTHING);
        north.publish(8, Map.of("b.rpm", "b"));
        assertThat(news(9)).isEqualTo(ExportPlan.News.SOMETHING);
    }

    private ExportPlan.News news(int day) throws IOException {
        return new BundleExport(north.desk())
                .plan(Site.order(stick, new Since.Last()), "Nord", Site.day(day))
                .news();
    }

    @Test
    void another_snapshot_of_the_same_name_stays_and_is_in_nobodys_way() throws Exception {
        Snapshot sent = north.publish(1, Map.of("a.rpm", "a"));
        Path bundle = north.export(stick, new Since.Nothing(), 1);
        Snapshot other = island.publish(1, Map.of("z.rpm", "z"));
        island.folder().snapshots().publishAs(new Snapshot(Site.REPO, sent.id(), "1", "a test", other.files()));
        ImportReport report = island.take(bundle);
        assertThat(report.conflicts()).containsExactly(sent.id() + " of own");
        assertThat(report.isComplete()).isFalse();
        Snapshot stays = island.folder().snapshots().read(Site.REPO, sent.id()).orElseThrow();
        assertThat(stays.files()).isEqualTo(other.files());
        Snapshot next = north.publish(2, Map.of("a.rpm", "a", "b.rpm", "b"));
        ImportReport later = island.take(north.export(stick, new Since.Last(), 2));
        assertThat(later.published()).containsExactly(next.id() + " of own");
        assertThat(later.isComplete()).isTrue();
    }

    private static String name(Path bundle) {
        return SafeFiles.name(bundle).substring(BundleExport.FOLDER_PREFIX.length());
    }
}
