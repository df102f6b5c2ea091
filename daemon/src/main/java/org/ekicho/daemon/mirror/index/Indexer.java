package org.ekicho.daemon.mirror.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ekicho.daemon.mirror.index.IndexSettings.Outcome;
import org.ekicho.daemon.mirror.index.IndexSettings.Reuse;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.repodata.Repomd;
import org.ekicho.mirror.repodata.RepomdRecord;
import org.ekicho.mirror.repodata.RepomdWriter;

/// Makes the metadata of a folder of packages. Memory does not grow with their number, apart from some
/// hundred bytes for each name.
///
/// What it keeps for itself lies in `.ekicho` beside `repodata`: a dot before its name hides it from the
/// listings of web servers, it moves with the repository, and it is on the same disk.
public final class Indexer {
    /// Where the lock, the cache and the replaced repomd.xml files lie.
    public static final String STATE = ".ekicho";

    private final IndexSettings settings;
    private final Optional<RepomdSigner> signer;
    private final InstantSource clock;

    public Indexer(IndexSettings settings, Optional<RepomdSigner> signer, InstantSource clock) {
        this.settings = settings;
        this.signer = signer;
        this.clock = clock;
    }

    /// Runs once.
    ///
    /// @throws org.ekicho.daemon.mirror.folder.LockedException when another run works on the repository
    /// @throws IOException when the folder cannot be read or written; clients see the old state then
    public IndexResult run(IndexProgress progress) throws IOException {
        Instant start = clock.instant();
        if (!Files.isDirectory(settings.folder())) {
            throw new IOException(settings.folder() + " is no folder; name the folder that holds the packages");
        }
        ExtraRecords extras = ExtraRecords.of(settings);
        PackageWalk.Found walked = PackageWalk.walk(settings);
        if (settings.effort().outcome() == Outcome.DRY_RUN) {
            return plan(walked, start);
        }
        Path state = settings.output().resolve(STATE);
        Files.createDirectories(state);
        try (IndexLock _ = IndexLock.take(state.resolve("lock"), start);
                FragmentCache cache = cache(state, settings.effort().reuse())) {
            RepodataFolder folder = RepodataFolder.open(settings.output(), state);
            String request = RequestDigest.request(
                    settings,
                    extras.digests(),
                    signer.map(RepomdSigner::key).stream().toList());
            Optional<byte[]> before = folder.repomd();
            if (before.isPresent()
                    && folder.isSigned() == signer.isPresent()
                    && isUnchanged(walked, cache, folder, before.get(), request)) {
                return unchanged(walked, cache, before.get(), start);
            }
            try (PackedBlocks packed =
                    PackedBlocks.open(state, folder, settings.effort().reuse())) {
                return new Run(walked, cache, folder, packed, request, start).run(extras, before, progress);
            }
        }
    }

    private FragmentCache cache(Path state, Reuse reuse) throws IOException {
        return FragmentCache.open(state, RequestDigest.fragments(settings), reuse);
    }

    /// Whether a run would write what is there, byte for byte but for the time.
    private static boolean isUnchanged(
            PackageWalk.Found walked, FragmentCache cache, RepodataFolder folder, byte[] repomd, String request)
            throws IOException {
        if (!cache.state().equals(new FragmentCache.State(request, RequestDigest.of(repomd)))
                || cache.size() != walked.packages().size()
                || !walked.packages().stream().allMatch(cache::knows)) {
            return false;
        }
        for (RepomdRecord record : RepodataFolder.records(repomd)) {
            if (!folder.has(record)) {
                return false;
            }
        }
        return true;
    }

    private static IndexResult unchanged(
            PackageWalk.Found walked, FragmentCache cache, byte[] repomd, Instant start, Instant end)
            throws IOException {
        List<SkippedPackage> skipped = new ArrayList<>(walked.skipped());
        skipped.addAll(cache.skipped());
        return new IndexResult(
                IndexResult.State.UNCHANGED,
                walked.packages().size() - cache.skipped().size(),
                walked.packages().stream().mapToLong(FoundPackage::size).sum(),
                0,
                0,
                0,
                skipped,
                List.of(),
                List.of(),
                Optional.of(new Repomd("", List.of(), RepodataFolder.records(repomd))),
                Duration.between(start, end));
    }

    private IndexResult unchanged(PackageWalk.Found walked, FragmentCache cache, byte[] repomd, Instant start)
            throws IOException {
        return unchanged(walked, cache, repomd, start, clock.instant());
    }

    /// What would be read.
    private IndexResult plan(PackageWalk.Found walked, Instant start) throws IOException {
        FragmentCache.Known known = settings.effort().reuse() == Reuse.NOTHING
                ? FragmentCache.Known.NOTHING
                : FragmentCache.known(settings.output().resolve(STATE), RequestDigest.fragments(settings));
        List<FoundPackage> read =
                walked.packages().stream().filter(p -> !known.knows(p)).toList();
        return new IndexResult(
                IndexResult.State.PLANNED,
                walked.packages().size(),
                walked.packages().stream().mapToLong(FoundPackage::size).sum(),
                read.size(),
                read.stream().mapToLong(FoundPackage::size).sum(),
                known.gone(walked.packages()),
                walked.skipped(),
                List.of(),
                List.of(),
                Optional.empty(),
                Duration.between(start, clock.instant()));
    }

    /// One run that writes.
    private final class Run {
        private final PackageWalk.Found walked;
        private final FragmentCache cache;
        private final RepodataFolder folder;
        private final PackedBlocks packed;
        private final String request;
        private final Instant start;
        private final NevraSet seen = new NevraSet();
        private final List<SkippedPackage> skipped;
        private final List<String> remarks = new ArrayList<>();
        private int done;
        private int packages;
        private long packageBytes;
        private int readPackages;
        private long readBytes;
        private Map<String, List<PackedBlocks.Block>> blocks = Map.of();

        Run(
                PackageWalk.Found walked,
                FragmentCache cache,
                RepodataFolder folder,
                PackedBlocks packed,
                String request,
                Instant start) {
            this.walked = walked;
            this.cache = cache;
            this.folder = folder;
            this.packed = packed;
            this.request = request;
            this.start = start;
            this.skipped = new ArrayList<>(walked.skipped());
        }

        IndexResult run(ExtraRecords extras, Optional<byte[]> before, IndexProgress progress) throws IOException {
            String revision = settings.head().revision().orElse(Long.toString(start.getEpochSecond()));
            Optional<Instant> time = switch (settings.head().timestamps()) {
                case OF_THE_FILES -> Optional.empty();
                case OF_THE_REVISION -> Optional.of(Instant.ofEpochSecond(Long.parseLong(revision)));
            };
            List<RepomdRecord> records = new ArrayList<>(tables(time, progress));
            List<RepomdRecord> old = before.isPresent() ? RepodataFolder.records(before.get()) : List.of();
            if (before.isPresent() && old.isEmpty()) {
                remarks.add("the repomd.xml that was there is not readable: what else it named is not in the new one");
            }
            records.addAll(extras.records(folder, old, time, remarks));
            Repomd repomd = new Repomd(revision, settings.head().tags(), records);
            byte[] bytes = RepomdWriter.write(repomd);
            Optional<RepodataFolder.Signed> signed = Optional.empty();
            if (signer.isPresent()) {
                RepomdSigner with = signer.get();
                signed = Optional.of(new RepodataFolder.Signed(with.sign(bytes), with.publicKey()));
            }
            folder.publish(bytes, signed, time);
            PackedBlocks.commit(settings.output().resolve(STATE), blocks);
            int gone = cache.gone(walked.packages());
            cache.commit(new FragmentCache.State(request, RequestDigest.of(bytes)));
            List<String> deleted = folder.clean(repomd, settings.keeping(), start);
            return new IndexResult(
                    IndexResult.State.PUBLISHED,
                    packages,
                    packageBytes,
                    readPackages,
                    readBytes,
                    gone,
                    skipped,
                    remarks,
                    deleted,
                    Optional.of(repomd),
                    Duration.between(start, clock.instant()));
        }

        private List<RepomdRecord> tables(Optional<Instant> time, IndexProgress progress) throws IOException {
            long expected = (long) walked.packages().size() - cache.skippedAmong(walked.packages());
            try (PackageTables tables = PackageTables.start(settings.form(), folder, packed, expected)) {
                return switch (settings.form().tables().databases()) {
                    case NONE -> {
                        read(worked -> take(worked, tables), progress);
                        yield finish(tables, time);
                    }
                    case SQLITE -> {
                        try (SqliteDatabases databases = SqliteDatabases.start(folder)) {
                            read(
                                    worked -> {
                                        take(worked, tables);
                                        if (worked instanceof Worked.Indexed indexed) {
                                            databases.add(indexed.rpm().orElseThrow());
                                        }
                                    },
                                    progress);
                            List<RepomdRecord> records = new ArrayList<>(finish(tables, time));
                            records.addAll(databases.finish(records, settings.form(), time));
                            yield records;
                        }
                    }
                };
            }
        }

        private List<RepomdRecord> finish(PackageTables tables, Optional<Instant> time) throws IOException {
            List<RepomdRecord> records = tables.finish(time);
            blocks = tables.blocks();
            return records;
        }

        private void read(OrderedWork.Sink<Worked> sink, IndexProgress progress) throws IOException {
            OrderedWork.<FoundPackage, Worked>run(
                    walked.packages(),
                    settings.effort().workers(),
                    () -> new PackageWork(settings, cache, clock),
                    worked -> {
                        sink.accept(worked);
                        done++;
                        progress.advanced(done, walked.packages().size(), readBytes);
                    });
        }

        private void take(Worked worked, PackageTables tables) throws IOException {
            if (worked.source() instanceof Worked.Source.Read) {
                readPackages++;
                readBytes += worked.found().size();
            }
            cache.keep(worked);
            switch (worked) {
                case Worked.Skipped(FoundPackage _, Worked.Source _, SkippedPackage why) -> skipped.add(why);
                case Worked.Indexed indexed -> {
                    tables.add(indexed.fragments());
                    packages++;
                    packageBytes += indexed.found().size();
                    for (String remark : indexed.remarks()) {
                        remarks.add(indexed.found().path() + ": " + remark);
                    }
                    if (!seen.add(indexed.nevraHash())) {
                        remarks.add(indexed.found().path() + ": " + MirrorReason.DUPLICATE_PACKAGE.sentence());
                    }
                }
            }
        }
    }
}
