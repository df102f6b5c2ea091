package org.ekicho.mirror.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.ekicho.mirror.metadata.GoldenMetadata.in;
import static org.ekicho.mirror.metadata.GoldenMetadata.open;
import static org.ekicho.mirror.metadata.GoldenMetadata.value;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.hash.Checksum;
import org.ekicho.mirror.metadata.GoldenMetadata;
import org.ekicho.mirror.metadata.PackageEntry;
import org.ekicho.mirror.metadata.PrimaryReader;
import org.ekicho.mirror.metadata.TreeInfoReader;
import org.ekicho.mirror.repodata.Repomd;
import org.ekicho.mirror.repodata.RepomdReader;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.settings.Selection;
import org.ekicho.mirror.snapshot.Snapshot;
import org.ekicho.mirror.snapshot.SnapshotFile;
import org.ekicho.mirror.snapshot.SnapshotId;
import org.junit.jupiter.api.Test;

class SyncPlannerTest {
    private static final RepoId REPO = new RepoId("base");
    private static final Selection NEWEST =
            new Selection(Selection.Versions.NEWEST, Set.of(), List.of(), List.of(), List.of(), Selection.Closure.NONE);

    @Test
    void a_first_sync_fetches_everything() throws IOException {
        SyncPlan plan = plan(Selection.ALL, Catalog.EMPTY, KnownContents.NONE);
        assertThat(plan.canPublish()).isTrue();
        assertThat(plan.rebuilds()).isFalse();
        assertThat(plan.keptPackages()).isEmpty();
        assertThat(plan.fetches()).hasSize(7).allMatch(f -> f.why() == SyncPlan.Why.NEW);
        assertThat(plan.records()).allMatch(step -> step.fate() == RecordStep.Fate.KEPT);
        long bytes = 0;
        for (PackageEntry entry : GoldenMetadata.primary().packages()) {
            bytes += entry.sizes().packageFile();
        }
        assertThat(plan.totals().packageBytes()).isEqualTo(bytes);
        assertThat(plan.totals().fetchBytes()).isGreaterThan(bytes);
        assertThat(plan.totals().fetchFiles()).isEqualTo(7 + repomd().records().size());
        assertThat(plan.format()).startsWith("base: 7 packages, ").contains("fetch  14 files", "7 new, 7 metadata");
    }

    @Test
    void what_is_in_the_store_is_linked_whatever_its_place() throws IOException {
        Map<Checksum, String> store = new HashMap<>();
        for (PackageEntry entry : GoldenMetadata.primary().packages()) {
            store.put(entry.pkgid(), entry.pkgid().hex());
        }
        SyncPlan plan = plan(Selection.ALL, Catalog.EMPTY, sum -> Optional.ofNullable(store.get(sum)));
        assertThat(plan.fetches()).isEmpty();
        assertThat(plan.links()).hasSize(7);
        assertThat(plan.totals().linkBytes()).isEqualTo(plan.totals().packageBytes());
    }

    @Test
    void tells_why_a_file_is_fetched_or_dropped() throws IOException {
        PackageEntry same = GoldenMetadata.primary().packages().entry(0);
        PackageEntry changed = GoldenMetadata.primary().packages().entry(1);
        Catalog have = catalog(
                file(same.path().text(), same.pkgid().hex(), SnapshotFile.Kind.PACKAGE),
                file(changed.path().text(), "0".repeat(64), SnapshotFile.Kind.PACKAGE),
                file("noarch/gone.rpm", "1".repeat(64), SnapshotFile.Kind.PACKAGE),
                file("repodata/old-primary.xml.gz", "2".repeat(64), SnapshotFile.Kind.METADATA),
                file("repodata/repomd.xml", "3".repeat(64), SnapshotFile.Kind.ROOT));
        SyncPlan plan = plan(Selection.ALL, have, KnownContents.NONE);
        assertThat(why(plan, same)).isEqualTo(SyncPlan.Why.MISSING);
        assertThat(why(plan, changed)).isEqualTo(SyncPlan.Why.CHANGED);
        assertThat(plan.format()).contains("  ~ " + changed.path() + " (other bytes under the same name)");
        assertThat(plan.drops())
                .extracting(SyncPlan.Drop::path, SyncPlan.Drop::why)
                .containsExactly(
                        tuple("noarch/gone.rpm", SyncPlan.WhyDropped.GONE_UPSTREAM),
                        tuple("repodata/old-primary.xml.gz", SyncPlan.WhyDropped.REPLACED));
    }

    @Test
    void a_selection_rebuilds_the_metadata() throws IOException {
        PackageEntry old = GoldenMetadata.primary().packages().entry(0);
        Catalog have = catalog(file(old.path().text(), old.pkgid().hex(), SnapshotFile.Kind.PACKAGE));
        SyncPlan plan = plan(NEWEST, have, KnownContents.NONE);
        assertThat(plan.rebuilds()).isTrue();
        assertThat(plan.keptPackages().orElseThrow().count()).isEqualTo(5);
        assertThat(plan.totals().leftOut()).isEqualTo(2);
        assertThat(plan.drops()).extracting(SyncPlan.Drop::why).containsExactly(SyncPlan.WhyDropped.NOT_SELECTED);
        assertThat(plan.records())
                .extracting(step -> step.record().type() + " " + step.fate())
                .contains("primary REBUILT", "filelists REBUILT", "other REBUILT", "group KEPT");
    }

    @Test
    void a_bad_package_fails_a_whole_mirror_and_is_left_out_of_a_selection() throws IOException {
        String text = new String(GoldenMetadata.bytes("primary.xml"), StandardCharsets.UTF_8)
                .replace("noarch/gamma-3-1.noarch.rpm", "../gamma-3-1.noarch.rpm")
                .replace(
                        "<location href=\"noarch/delta",
                        "<location xml:base=\"http://e.invalid/\" href=\"noarch/delta");
        PrimaryReader.Primary primary = value(PrimaryReader.readTable(in(text)));
        SyncPlan all = plan(primary, Selected.all(primary.packages().size()), Selection.ALL, Catalog.EMPTY);
        assertThat(all.canPublish()).isFalse();
        assertThat(all.problems())
                .hasSize(2)
                .allMatch(p -> p.weight() == SyncPlan.Weight.FAILS)
                .allMatch(p -> p.refusal().reason() == MirrorReason.BAD_LOCATION);
        BitSet indexes = new BitSet();
        indexes.set(0, primary.packages().size());
        Selected some = new Selected(Selected.Scope.SOME, indexes, List.of(), Set.of());
        SyncPlan filtered = plan(primary, some, NEWEST, Catalog.EMPTY);
        assertThat(filtered.canPublish()).isTrue();
        assertThat(filtered.problems()).allMatch(p -> p.weight() == SyncPlan.Weight.LEFT_OUT);
        assertThat(filtered.keptPackages().orElseThrow().count()).isEqualTo(5);
    }

    @Test
    void two_packages_in_one_place_are_a_problem_and_two_of_one_version_a_note() throws IOException {
        String text = new String(GoldenMetadata.bytes("primary.xml"), StandardCharsets.UTF_8);
        PrimaryReader.Primary samePlace = value(PrimaryReader.readTable(
                in(text.replace("noarch/alpha-1.10-1.noarch.rpm", "noarch/alpha-1.0-1.noarch.rpm"))));
        SyncPlan plan = plan(samePlace, Selected.all(7), Selection.ALL, Catalog.EMPTY);
        assertThat(plan.canPublish()).isFalse();
        assertThat(plan.problems().getFirst().refusal().reason()).isEqualTo(MirrorReason.DUPLICATE_PACKAGE);
        PrimaryReader.Primary sameVersion = value(PrimaryReader.readTable(
                in(text.replace("ver=\"1.10\" rel=\"1\"/>\n  <check", "ver=\"1.0\" rel=\"1\"/>\n  <check"))));
        SyncPlan noted = plan(sameVersion, Selected.all(7), Selection.ALL, Catalog.EMPTY);
        assertThat(noted.canPublish()).isTrue();
        assertThat(noted.problems()).extracting(SyncPlan.Problem::weight).containsExactly(SyncPlan.Weight.NOTED);
    }

    @Test
    void a_file_inside_of_another_fails() throws IOException {
        String text = new String(GoldenMetadata.bytes("primary.xml"), StandardCharsets.UTF_8);
        PrimaryReader.Primary inside = value(PrimaryReader.readTable(in(text.replace(
                "noarch/alpha-1.10-1.noarch.rpm", "noarch/alpha-1.0-1.noarch.rpm/alpha-1.10-1.noarch.rpm"))));
        SyncPlan plan = plan(inside, Selected.all(7), Selection.ALL, Catalog.EMPTY);
        assertThat(plan.canPublish()).isFalse();
        assertThat(plan.problems().getFirst().refusal().reason()).isEqualTo(MirrorReason.MALFORMED);
        assertThat(plan.problems().getFirst().refusal().detail()).contains("inside of");
        PrimaryReader.Primary above =
                value(PrimaryReader.readTable(in(text.replace("noarch/alpha-1.10-1.noarch.rpm", "noarch"))));
        assertThat(plan(above, Selected.all(7), Selection.ALL, Catalog.EMPTY).canPublish())
                .isFalse();
    }

    @Test
    void sums_of_lies_do_not_overflow() throws IOException {
        String text = new String(GoldenMetadata.bytes("primary.xml"), StandardCharsets.UTF_8)
                .replaceAll("<size package=\"[0-9]+\"", "<size package=\"4611686018427387903\"");
        PrimaryReader.Primary primary = value(PrimaryReader.readTable(in(text)));
        assertThat(primary.rejected()).isEmpty();
        SyncPlan plan = plan(primary, Selected.all(7), Selection.ALL, Catalog.EMPTY);
        assertThat(plan.totals().fetchBytes()).isEqualTo(Long.MAX_VALUE);
        assertThat(plan.totals().packageBytes()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void an_older_upstream_is_held_unless_accepted() throws IOException {
        PrimaryReader.Primary primary = GoldenMetadata.primary();
        Seen later = new Seen(OptionalLong.of(1_800_000_000), 0);
        for (SyncRequest.Older older : SyncRequest.Older.values()) {
            SyncRequest request = new SyncRequest(
                    REPO,
                    repomd(),
                    primary,
                    Selected.all(7),
                    Optional.empty(),
                    Catalog.EMPTY,
                    KnownContents.NONE,
                    later,
                    older);
            SyncPlan plan = SyncPlanner.plan(request, RecordPlanner.plan(repomd(), Selection.ALL, KnownContents.NONE));
            assertThat(plan.held().isPresent()).isEqualTo(older == SyncRequest.Older.HELD);
            assertThat(plan.canPublish()).isEqualTo(older == SyncRequest.Older.ACCEPTED);
        }
        Seen now = Seen.of(repomd());
        assertThat(now.isOlderThan(now)).isFalse();
        assertThat(now.isOlderThan(Seen.NOTHING)).isFalse();
        assertThat(now.isOlderThan(now.and(later))).isTrue();
    }

    @Test
    void an_install_tree_comes_along() throws IOException {
        SyncRequest request = new SyncRequest(
                REPO,
                repomd(),
                GoldenMetadata.primary(),
                Selected.all(7),
                Optional.of(value(TreeInfoReader.read(open("treeinfo-1.2.ini")))),
                Catalog.EMPTY,
                KnownContents.NONE,
                Seen.NOTHING,
                SyncRequest.Older.HELD);
        SyncPlan plan = SyncPlanner.plan(request, List.of());
        assertThat(plan.fetches())
                .filteredOn(f -> f.kind() == SnapshotFile.Kind.TREE && f.need() == SyncPlan.Need.REQUIRED)
                .extracting(f -> f.path().text())
                .contains("images/boot.iso", "images/pxeboot/vmlinuz");
        assertThat(plan.fetches())
                .filteredOn(f -> f.path().text().equals("LICENSE"))
                .allMatch(f -> f.need() == SyncPlan.Need.OPTIONAL && f.why() == SyncPlan.Why.UNCHECKED)
                .hasSize(1);
        assertThat(plan.problems())
                .allMatch(p -> p.weight() == SyncPlan.Weight.NOTED)
                .hasSize(2);
    }

    private static SyncPlan.Why why(SyncPlan plan, PackageEntry entry) {
        return plan.fetches().stream()
                .filter(f -> f.path().equals(entry.path()))
                .map(SyncPlan.Fetch::why)
                .findFirst()
                .orElseThrow();
    }

    private static Repomd repomd() throws IOException {
        return value(RepomdReader.read(open("repomd.xml")));
    }

    private static SyncPlan plan(Selection selection, Catalog have, KnownContents known) throws IOException {
        PrimaryReader.Primary primary = GoldenMetadata.primary();
        Selected selected = Selector.select(primary.packages(), selection, Selector.Offer.PACKAGES_ONLY);
        SyncRequest request = new SyncRequest(
                REPO, repomd(), primary, selected, Optional.empty(), have, known, Seen.NOTHING, SyncRequest.Older.HELD);
        return SyncPlanner.plan(request, RecordPlanner.plan(repomd(), selection, known));
    }

    private static SyncPlan plan(PrimaryReader.Primary primary, Selected selected, Selection selection, Catalog have)
            throws IOException {
        SyncRequest request = new SyncRequest(
                REPO,
                repomd(),
                primary,
                selected,
                Optional.empty(),
                have,
                KnownContents.NONE,
                Seen.NOTHING,
                SyncRequest.Older.HELD);
        return SyncPlanner.plan(request, RecordPlanner.plan(repomd(), selection, KnownContents.NONE));
    }

    private static Catalog catalog(SnapshotFile... files) {
        return Catalog.of(new Snapshot(REPO, new SnapshotId("20260101T000000Z-00000000"), "1", "test", List.of(files)));
    }

    private static SnapshotFile file(String path, String sha256, SnapshotFile.Kind kind) {
        return new SnapshotFile(path, sha256, 100, 0, kind);
    }
}
