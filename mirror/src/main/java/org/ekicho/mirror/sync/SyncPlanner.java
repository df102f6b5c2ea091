package org.ekicho.mirror.sync;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Refusal;
import org.ekicho.mirror.filter.KeptPackages;
import org.ekicho.mirror.hash.Checksum;
import org.ekicho.mirror.hash.HashType;
import org.ekicho.mirror.location.CheckedPath;
import org.ekicho.mirror.metadata.PackageEntry;
import org.ekicho.mirror.metadata.PackageTable;
import org.ekicho.mirror.metadata.RejectedPackage;
import org.ekicho.mirror.metadata.TreeInfo;
import org.ekicho.mirror.snapshot.SnapshotFile;

/// Works out what a sync does: what upstream offers, less what is unwanted or wrong, less what is here.
public final class SyncPlanner {
    private static final Comparator<CheckedPath> BY_PATH = Comparator.naturalOrder();

    private final SyncRequest request;
    private final List<RecordStep> records;
    private final List<SyncPlan.Fetch> fetches = new ArrayList<>();
    private final List<SyncPlan.Link> links = new ArrayList<>();
    private final List<SyncPlan.Problem> problems = new ArrayList<>();
    private final BitSet kept;
    private final Map<String, Checksum> places = new HashMap<>();
    private long packageBytes;

    private SyncPlanner(SyncRequest request, List<RecordStep> records) {
        this.request = request;
        this.records = records;
        this.kept = request.selected().indexes();
    }

    /// @param records what becomes of the metadata files, by [RecordPlanner]
    public static SyncPlan plan(SyncRequest request, List<RecordStep> records) {
        return new SyncPlanner(request, records).plan();
    }

    private SyncPlan plan() {
        rejected();
        packages();
        request.tree().ifPresent(this::tree);
        for (Selected.Unresolved missing : request.selected().unresolved()) {
            String by = missing.wantedBy().isEmpty() ? "the selection" : missing.wantedBy();
            problems.add(new SyncPlan.Problem(
                    missing.wanted(),
                    Refusal.of(MirrorReason.NOTHING_PROVIDES, "wanted by " + by),
                    SyncPlan.Weight.NOTED));
        }
        fetches.sort(Comparator.comparing(SyncPlan.Fetch::path, BY_PATH));
        links.sort(Comparator.comparing(SyncPlan.Link::path, BY_PATH));
        List<SyncPlan.Drop> drops = drops();
        return new SyncPlan(
                request.repo(),
                request.repomd().revision(),
                records,
                fetches,
                links,
                drops,
                problems,
                filtered() ? Optional.of(KeptPackages.of(request.primary().packages(), kept)) : Optional.empty(),
                totals(drops),
                held());
    }

    private boolean filtered() {
        return request.selected().scope() == Selected.Scope.SOME;
    }

    private SyncPlan.Weight weightOfBadPackage() {
        return filtered() ? SyncPlan.Weight.LEFT_OUT : SyncPlan.Weight.FAILS;
    }

    private void rejected() {
        for (RejectedPackage bad : request.primary().rejected()) {
            problems.add(new SyncPlan.Problem(bad.what(), bad.refusal(), weightOfBadPackage()));
        }
    }

    private void packages() {
        PackageTable table = request.primary().packages();
        Map<String, Checksum> nevras = new HashMap<>();
        for (int i = kept.nextSetBit(0); i >= 0; i = kept.nextSetBit(i + 1)) {
            PackageEntry entry = table.entry(i);
            Optional<Refusal> bad = badPlace(entry);
            if (bad.isPresent()) {
                problems.add(new SyncPlan.Problem(entry.nevra(), bad.get(), weightOfBadPackage()));
                kept.clear(i);
                continue;
            }
            Checksum other = nevras.putIfAbsent(entry.nevra(), entry.pkgid());
            if (other != null && !other.equals(entry.pkgid())) {
                problems.add(new SyncPlan.Problem(
                        entry.nevra(),
                        Refusal.of(
                                MirrorReason.DUPLICATE_PACKAGE,
                                "also at " + Refusal.quote(entry.path().text())),
                        SyncPlan.Weight.NOTED));
            }
            if (places.put(entry.path().text(), entry.pkgid()) == null) {
                packageBytes = saturatedSum(packageBytes, entry.sizes().packageFile());
                fetchOrLink(
                        entry.path(),
                        SnapshotFile.Kind.PACKAGE,
                        entry.nevra(),
                        Optional.of(entry.pkgid()),
                        entry.sizes().packageFile(),
                        entry.times().file(),
                        SyncPlan.Need.REQUIRED);
            }
        }
    }

    /// Two packages cannot lie in one place, and one that lies elsewhere cannot be mirrored.
    private Optional<Refusal> badPlace(PackageEntry entry) {
        if (entry.base().isPresent()) {
            return Optional.of(Refusal.of(
                    MirrorReason.BAD_LOCATION,
                    "it lies at an address of its own (xml:base "
                            + Refusal.quote(entry.base().get())
                            + "), where clients would fetch it past this mirror; add that address as a repository of"
                            + " its own and leave the package out here with excludepkgs="
                            + entry.name()));
        }
        Checksum there = places.get(entry.path().text());
        if (there != null && !there.equals(entry.pkgid())) {
            return Optional.of(Refusal.of(
                    MirrorReason.DUPLICATE_PACKAGE,
                    "another package lies at " + Refusal.quote(entry.path().text())));
        }
        return Optional.empty();
    }

    private void tree(TreeInfo tree) {
        for (TreeInfo.RejectedLine line : tree.rejected()) {
            problems.add(new SyncPlan.Problem(line.what(), line.refusal(), SyncPlan.Weight.NOTED));
        }
        for (TreeInfo.TreeFile file : tree.files()) {
            String path = file.path().text();
            if (places.containsKey(path)) {
                continue;
            }
            places.put(path, file.checksum().orElse(new Checksum(HashType.MD5, "0".repeat(32))));
            fetchOrLink(
                    file.path(),
                    SnapshotFile.Kind.TREE,
                    path,
                    file.checksum(),
                    -1,
                    request.have().at(path).map(SnapshotFile::mtimeSeconds).orElse(0L),
                    file.origin() == TreeInfo.Origin.NAMED ? SyncPlan.Need.REQUIRED : SyncPlan.Need.OPTIONAL);
        }
    }

    /// @param size bytes; -1 when unknown
    private void fetchOrLink(
            CheckedPath path,
            SnapshotFile.Kind kind,
            String name,
            Optional<Checksum> checksum,
            long size,
            long mtimeSeconds,
            SyncPlan.Need need) {
        Optional<String> known = checksum.flatMap(request.known()::sha256);
        Optional<SnapshotFile> had = request.have().at(path.text());
        if (known.isPresent()) {
            long bytes = size >= 0 ? size : had.map(SnapshotFile::size).orElse(0L);
            links.add(new SyncPlan.Link(path, kind, name, known.get(), bytes, mtimeSeconds));
            return;
        }
        SyncPlan.Why why = checksum.isEmpty()
                ? SyncPlan.Why.UNCHECKED
                : had.isEmpty()
                        ? SyncPlan.Why.NEW
                        : isSame(had.get(), checksum.get()) ? SyncPlan.Why.MISSING : SyncPlan.Why.CHANGED;
        OptionalLong bytes = size >= 0 ? OptionalLong.of(size) : OptionalLong.empty();
        fetches.add(new SyncPlan.Fetch(path, kind, name, checksum, bytes, mtimeSeconds, why, need));
    }

    /// Whether a snapshot's file is what a checksum names; only a SHA-256 can tell.
    private static boolean isSame(SnapshotFile file, Checksum checksum) {
        return checksum.type() == HashType.SHA256 && checksum.hex().equals(file.sha256());
    }

    private List<SyncPlan.Drop> drops() {
        Set<String> stays = new HashSet<>(places.keySet());
        for (RecordStep step : records) {
            if (step.fate() == RecordStep.Fate.KEPT) {
                stays.add(step.record().location());
            }
        }
        Map<String, SnapshotFile> leaving = new HashMap<>();
        for (SnapshotFile file : request.have().files()) {
            boolean replacedAnyway =
                    file.kind() == SnapshotFile.Kind.ROOT || file.path().endsWith("treeinfo");
            if (!replacedAnyway && !stays.contains(file.path())) {
                leaving.put(file.path(), file);
            }
        }
        Set<String> offered = leaving.isEmpty() ? Set.of() : offeredOf(leaving.keySet());
        List<SyncPlan.Drop> drops = new ArrayList<>();
        for (SnapshotFile file : leaving.values()) {
            SyncPlan.WhyDropped why = file.kind() == SnapshotFile.Kind.METADATA
                    ? SyncPlan.WhyDropped.REPLACED
                    : offered.contains(file.path())
                            ? SyncPlan.WhyDropped.NOT_SELECTED
                            : SyncPlan.WhyDropped.GONE_UPSTREAM;
            drops.add(new SyncPlan.Drop(file.path(), file.kind(), file.size(), why));
        }
        drops.sort(Comparator.comparing(SyncPlan.Drop::path));
        return drops;
    }

    /// Those of some paths at which upstream has a package.
    private Set<String> offeredOf(Set<String> paths) {
        Set<String> offered = new HashSet<>();
        for (PackageEntry entry : request.primary().packages()) {
            if (paths.contains(entry.path().text())) {
                offered.add(entry.path().text());
            }
        }
        return offered;
    }

    private Optional<Refusal> held() {
        Seen now = Seen.of(request.repomd());
        if (request.older() == SyncRequest.Older.ACCEPTED || !now.isOlderThan(request.seen())) {
            return Optional.empty();
        }
        return Optional.of(Refusal.of(
                MirrorReason.OLDER_THAN_SEEN,
                "upstream offers " + now.words() + ", and " + request.seen().words() + " was seen before"));
    }

    private SyncPlan.Totals totals(List<SyncPlan.Drop> drops) {
        int fetchFiles = fetches.size();
        long fetchBytes = 0;
        for (SyncPlan.Fetch fetch : fetches) {
            fetchBytes = saturatedSum(fetchBytes, fetch.size().orElse(0));
        }
        for (RecordStep step : records) {
            if (step.mustFetch()) {
                fetchFiles++;
                fetchBytes = saturatedSum(fetchBytes, step.record().size().orElse(0));
            }
        }
        long linkBytes = 0;
        for (SyncPlan.Link link : links) {
            linkBytes = saturatedSum(linkBytes, link.size());
        }
        long dropBytes = 0;
        for (SyncPlan.Drop drop : drops) {
            dropBytes = saturatedSum(dropBytes, drop.size());
        }
        return new SyncPlan.Totals(
                kept.cardinality(),
                packageBytes,
                fetchFiles,
                fetchBytes,
                links.size(),
                linkBytes,
                drops.size(),
                dropBytes,
                request.primary().packages().size()
                        - request.selected().indexes().cardinality());
    }

    /// The sum, or the largest number: sizes are upstream's word, and a plan of that many bytes finds no disk.
    private static long saturatedSum(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
