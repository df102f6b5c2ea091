package org.ekicho.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.ekicho.daemon.mirror.folder.DiskFullException;
import org.ekicho.daemon.mirror.index.IndexProgress;
import org.ekicho.daemon.mirror.index.IndexResult;
import org.ekicho.daemon.mirror.index.IndexSettings;
import org.ekicho.daemon.mirror.index.Indexer;
import org.ekicho.daemon.mirror.index.SkippedPackage;
import org.ekicho.mirror.repodata.Repomd;
import org.ekicho.mirror.repodata.RepomdRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ekicho mirror index`: createrepo's work.
@Command(
        name = "index",
        sortOptions = false,
        description = "Make the repository metadata of a folder of packages, as createrepo_c does.",
        footer = {
            "",
            "Clients see the new state by one rename; files of the old one stay (--retain-old-md).",
            "Exit: 0 all packages are in it, 1 some were skipped, 2 it could not be made, 3 usage."
        })
final class MirrorIndexCommand extends Printing implements Callable<Integer> {
    /// Skipped files that are named on the last line; `-o json` has them all.
    private static final int NAMED = 20;

    @Parameters(paramLabel = "DIR", description = "The folder with the packages.")
    private Path folder = Path.of("");

    @Mixin
    private MirrorIndexOptions options = new MirrorIndexOptions();

    @Mixin
    private SigningOptions signing = new SigningOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress and no summary.")
    private boolean quiet;

    @Override
    public Integer call() throws IOException {
        IndexSettings settings;
        try {
            settings = options.settings(folder);
        } catch (IllegalArgumentException e) {
            screen.problem(String.valueOf(e.getMessage()));
            return Exit.USAGE;
        }
        Indexer indexer = new Indexer(settings, signing.signer(), InstantSource.system());
        ProgressLine line = new ProgressLine();
        IndexResult result;
        try {
            result = indexer.run(showsProgress() ? line : IndexProgress.NONE);
        } catch (IOException e) {
            throw DiskFullException.tell(e, folder, "the metadata that was there stays; free some and index again");
        } finally {
            line.clear();
        }
        if (output.isJson()) {
            screen.json(Report.of(result));
        } else if (!quiet) {
            screen.line(first(result));
            screen.line(second(result));
        }
        return result.skipped().isEmpty() ? Exit.GOOD : Exit.NOT_GOOD;
    }

    @SuppressWarnings("SystemConsoleNull") // it is null without a terminal, see its documentation
    private boolean showsProgress() {
        Console console = System.console();
        return !quiet && !output.isJson() && console != null && console.isTerminal();
    }

    private String first(IndexResult result) {
        String what = count(result.packages(), "package") + ", " + bytes(result.packageBytes());
        return switch (result.state()) {
            case UNCHANGED -> what + ": nothing changed, nothing was written, " + seconds(result.took());
            case PLANNED ->
                what + ": would read " + result.readPackages() + " of them, " + bytes(result.readBytes())
                        + ", and drop " + result.gone() + " that are gone";
            case PUBLISHED ->
                what + " in " + seconds(result.took()) + ": " + result.readPackages() + " read"
                        + rate(result) + ", "
                        + (result.packages() + result.skipped().size() - result.readPackages())
                        + " reused, " + result.gone() + " gone, "
                        + count(result.deleted().size(), "old metadata file") + " deleted";
        };
    }

    private static String rate(IndexResult result) {
        double seconds = result.took().toNanos() / 1e9;
        // The rate of a few small packages says something about the start only.
        return seconds <= 0 || result.readBytes() < 10_000_000
                ? ""
                : String.format(Locale.ROOT, " at %.0f MB/s", result.readBytes() / 1e6 / seconds);
    }

    private String second(IndexResult result) {
        StringBuilder line = new StringBuilder();
        List<SkippedPackage> skipped = result.skipped();
        line.append(
                skipped.isEmpty() ? "nothing skipped" : screen.bad("skipped " + count(skipped.size(), "file")) + ": ");
        for (int i = 0; i < Math.min(skipped.size(), NAMED); i++) {
            line.append(i == 0 ? "" : "; ").append(skipped.get(i));
        }
        if (skipped.size() > NAMED) {
            line.append("; and ").append(skipped.size() - NAMED).append(" more, see -o json");
        }
        List<String> remarks = result.remarks();
        for (int i = 0; i < Math.min(remarks.size(), NAMED); i++) {
            line.append("; ").append(remarks.get(i));
        }
        if (remarks.size() > NAMED) {
            line.append("; and ").append(remarks.size() - NAMED).append(" more remarks, see -o json");
        }
        return line.toString();
    }

    private static String count(int n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }

    private static String bytes(long n) {
        if (n < 1_000_000L) {
            return String.format(Locale.ROOT, "%.1f kB", n / 1e3);
        }
        return n < 1_000_000_000L
                ? String.format(Locale.ROOT, "%.1f MB", n / 1e6)
                : String.format(Locale.ROOT, "%.2f GB", n / 1e9);
    }

    private static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.2f s", took.toNanos() / 1e9);
    }

    /// One line on a terminal that is written again a few times a second.
    private final class ProgressLine implements IndexProgress {
        private static final long EVERY_NANOS = 250_000_000L;

        private final long start = System.nanoTime();
        private long shown = start;

        @Override
        public void advanced(int done, int packages, long bytes) {
            long now = System.nanoTime();
            if (now - shown >= EVERY_NANOS) {
                double seconds = (now - start) / 1e9;
                long left = Math.round(seconds / Math.max(done, 1) * (packages - done));
                screen.err()
                        .print(String.format(
                                Locale.ROOT,
                                "\r\u001b[K%d of %d packages, %.0f MB/s, %d s left",
                                done,
                                packages,
                                bytes / 1e6 / seconds,
                                left));
                screen.err().flush();
                shown = now;
            }
        }

        void clear() {
            if (shown != start) {
                screen.err().print("\r\u001b[K");
                screen.err().flush();
            }
        }
    }

    /// The result as JSON.
    record Report(
            IndexResult.State state,
            int packages,
            long packageBytes,
            int readPackages,
            long readBytes,
            int gone,
            double seconds,
            String revision,
            List<MetadataRecord> records,
            List<SkippedPackage> skipped,
            List<String> remarks,
            List<String> deleted) {
        Report {
            records = List.copyOf(records);
            skipped = List.copyOf(skipped);
            remarks = List.copyOf(remarks);
            deleted = List.copyOf(deleted);
        }

        /// A record of repomd.xml.
        record MetadataRecord(String type, String location, String checksum, long size) {
            static MetadataRecord of(RepomdRecord record) {
                return new MetadataRecord(
                        record.type(),
                        record.location(),
                        record.checksum().toString(),
                        record.size().orElse(0));
            }
        }

        static Report of(IndexResult result) {
            return new Report(
                    result.state(),
                    result.packages(),
                    result.packageBytes(),
                    result.readPackages(),
                    result.readBytes(),
                    result.gone(),
                    result.took().toNanos() / 1e9,
                    result.repomd().map(Repomd::revision).orElse(""),
                    result.repomd().map(Repomd::records).orElse(List.of()).stream()
                            .map(MetadataRecord::of)
                            .toList(),
                    result.skipped(),
                    result.remarks(),
                    result.deleted());
        }
    }
}
