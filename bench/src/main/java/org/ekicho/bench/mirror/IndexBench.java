package org.ekicho.bench.mirror;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// `ekicho mirror index` beside createrepo_c on the same packages, interleaved: all anew, nothing changed, one package
/// in
/// a hundred changed. Everything is read into the page cache before each run. Prints tables in Markdown.
///
/// Arguments: program of Ekicho, folder with packages, folder for work, rounds. The packages are linked, never written.
public final class IndexBench {
    /// Files that changed so recently are not trusted by a cache that is careful.
    private static final long REST_MILLIS = 2_500;

    private static final int TOUCHED_ONE_IN = 100;

    private final PrintStream out;
    private final Path work;
    private final List<Contestant> contestants;

    /// @param tree    its own copy of the repository
    /// @param command without the folder
    private record Contestant(String name, Path tree, List<String> command) {
        private Contestant {
            command = List.copyOf(command);
        }

        List<String> command(String... more) {
            List<String> all = new ArrayList<>(command);
            all.addAll(List.of(more));
            all.add(tree.toString());
            return all;
        }
    }

    private IndexBench(PrintStream out, Path work, List<Contestant> contestants) {
        this.out = out;
        this.work = work;
        this.contestants = contestants;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path work = Path.of(arguments[2]);
        List<String> theirs = List.of("createrepo_c", "-q", "--no-database");
        List<String> twoWorkers = new ArrayList<>(theirs);
        twoWorkers.addAll(List.of("--workers", "2"));
        List<Contestant> contestants = List.of(
                new Contestant("createrepo_c, 2 workers", work.resolve("two"), twoWorkers),
                new Contestant("createrepo_c, default workers", work.resolve("default"), theirs),
                new Contestant("ekicho, gzip", work.resolve("gzip"), List.of(arguments[0], "mirror", "index", "-q")),
                new Contestant(
                        "ekicho, zstd (--for el9)",
                        work.resolve("zstd"),
                        List.of(arguments[0], "mirror", "index", "-q", "--for", "el9")));
        IndexBench bench = new IndexBench(System.out, work, contestants);
        bench.link(Path.of(arguments[1]));
        bench.measure(Integer.parseInt(arguments[3]));
    }

    /// Links the packages into a tree for each contestant; symbolically where the disk is another one.
    private void link(Path repo) throws IOException {
        for (Path from : packages(repo)) {
            for (Contestant contestant : contestants) {
                Path to = contestant.tree.resolve(repo.relativize(from).toString());
                Files.createDirectories(to.resolveSibling(""));
                try {
                    Files.createLink(to, from);
                } catch (FileSystemException e) {
                    Files.createSymbolicLink(to, from.toAbsolutePath());
                }
            }
        }
    }

    private static List<Path> packages(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".rpm"))
                    .sorted()
                    .toList();
        }
    }

    private void measure(int rounds) throws IOException, InterruptedException {
        Map<Contestant, List<Measured>> full = new LinkedHashMap<>();
        Map<Contestant, List<Measured>> unchanged = new LinkedHashMap<>();
        Map<Contestant, List<Measured>> touched = new LinkedHashMap<>();
        Thread.sleep(REST_MILLIS);
        for (int round = 0; round < rounds; round++) {
            run(full);
            run(unchanged, "--update");
            for (Contestant contestant : contestants) {
                touch(contestant.tree, round);
            }
            Thread.sleep(REST_MILLIS);
            run(touched, "--update");
        }
        List<Path> packages = packages(contestants.get(0).tree);
        long bytes = 0;
        for (Path file : packages) {
            bytes += Files.size(file);
        }
        out.printf(Locale.ROOT, "%n%,d packages, %.2f GB, warm.%n", packages.size(), bytes / 1e9);
        print("all anew", full);
        print("`--update`, nothing changed", unchanged);
        print("`--update`, 1 % changed", touched);
    }

    private void run(Map<Contestant, List<Measured>> into, String... options) throws IOException, InterruptedException {
        for (Contestant contestant : contestants) {
            warm(contestant.tree);
            into.computeIfAbsent(contestant, c -> new ArrayList<>())
                    .add(Measured.run(work, contestant.command(options)));
        }
    }

    private static void warm(Path tree) throws IOException {
        for (Path file : packages(tree)) {
            try (InputStream in = Files.newInputStream(file)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
        }
    }

    /// Replaces some packages by copies with a new time: the links lead to files that are not ours.
    private static void touch(Path tree, int round) throws IOException {
        List<Path> packages = packages(tree);
        for (int i = round % TOUCHED_ONE_IN; i < packages.size(); i += TOUCHED_ONE_IN) {
            Path file = packages.get(i);
            Path copy = file.resolveSibling(".copy");
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            Files.setLastModifiedTime(copy, FileTime.from(Instant.now()));
            Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void print(String what, Map<Contestant, List<Measured>> runs) {
        double best = runs.entrySet().stream()
                .filter(entry -> entry.getKey().name.startsWith("createrepo_c"))
                .mapToDouble(entry -> Measured.median(entry.getValue(), Measured::wallSeconds))
                .min()
                .orElseThrow();
        out.printf("%n### %s%n%n", what);
        out.println("| | wall s (median, best) | user+sys s | max RSS MB | of createrepo_c's best |");
        out.println("|---|---|---|---|---|");
        runs.forEach((contestant, list) -> out.printf(
                Locale.ROOT,
                "| %s | %.2f, %.2f | %.2f | %.0f | %.2f |%n",
                contestant.name,
                Measured.median(list, Measured::wallSeconds),
                Measured.fastest(list).wallSeconds(),
                Measured.median(list, Measured::cpuSeconds),
                Measured.median(list, run -> run.rssKib() / 1024.0),
                Measured.median(list, Measured::wallSeconds) / best));
        out.flush();
    }
}
