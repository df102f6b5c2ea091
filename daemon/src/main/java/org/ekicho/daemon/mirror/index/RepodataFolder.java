package org.ekicho.daemon.mirror.index;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.ekicho.daemon.mirror.index.IndexSettings.FileNames;
import org.ekicho.daemon.mirror.index.IndexSettings.Keeping;
import org.ekicho.host.files.BoundedRead;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.repodata.Repomd;
import org.ekicho.mirror.repodata.RepomdReader;
import org.ekicho.mirror.repodata.RepomdRecord;

/// The `repodata` folder of a repository, and how it changes under the eyes of clients.
///
/// Whatever is new is written under names that no client asks for, forced to the disk, and renamed to names
/// that carry its checksum. Then one rename of repomd.xml publishes all of it at once. The files that the
/// replaced repomd.xml names stay, so that a client that holds it finds them.
///
/// repomd.xml.asc is renamed right before repomd.xml. Clients fetch repomd.xml first and its signature next,
/// so that only those are refused, once, who fetched the old one just before; the other order would refuse
/// those too who come between the renames. A repository in which this must never happen is published as a
/// snapshot.
final class RepodataFolder {
    static final String REPOMD = "repomd.xml";
    static final String SIGNATURE = "repomd.xml.asc";
    /// The key that verifies the signature, under the name that createrepo's users give it.
    static final String KEY = "repomd.xml.key";
    private static final String FRESH = ".ekicho-new-";
    private static final Pattern OURS = Pattern.compile("[0-9a-f]{32,128}-(primary|filelists|filelists-ext|other|comps"
            + "|updateinfo|modules)\\.(xml|yaml|sqlite)(\\.(gz|bz2|xz|zst))?");

    private final Path folder;
    private final Path generations;

    private RepodataFolder(Path folder, Path generations) {
        this.folder = folder;
        this.generations = generations;
    }

    /// Makes what is missing, and clears what a run left that was killed. Only the holder of the lock does
    /// this.
    ///
    /// @param state where the replaced repomd.xml files are remembered
    static RepodataFolder open(Path output, Path state) throws IOException {
        RepodataFolder opened = new RepodataFolder(output.resolve("repodata"), state.resolve("generations"));
        Files.createDirectories(opened.folder);
        Files.createDirectories(opened.generations);
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(opened.folder, FRESH + "*")) {
            for (Path leftover : leftovers) {
                Files.delete(leftover);
            }
        }
        return opened;
    }

    /// repomd.xml as it lies there; empty when there is none.
    Optional<byte[]> repomd() throws IOException {
        try {
            return Optional.of(BoundedRead.bytes(folder.resolve(REPOMD), RepomdReader.MAX_BYTES));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /// Whether a signature lies beside it.
    boolean isSigned() {
        return Files.exists(folder.resolve(SIGNATURE));
    }

    /// Its records, as far as they can be read.
    static List<RepomdRecord> records(byte[] repomd) throws IOException {
        return switch (RepomdReader.read(new ByteArrayInputStream(repomd))) {
            case Reading.Done<Repomd>(Repomd known) -> known.records();
            case Reading.Refused<Repomd> _ -> List.of();
        };
    }

    /// The file of a record, which is in this folder for every record that is made here.
    Path file(RepomdRecord record) {
        return file(record.location());
    }

    /// The file at a location that a record names.
    Path file(String location) {
        return folder.resolveSibling(location);
    }

    /// Whether the file of a record is there with its size.
    boolean has(RepomdRecord record) throws IOException {
        Path file = file(record);
        return Files.isRegularFile(file) && Files.size(file) == record.size().orElse(Files.size(file));
    }

    /// A new file under a name that nobody asks for.
    Path fresh(String name) {
        return folder.resolve(FRESH + name);
    }

    /// Gives a complete file its name.
    ///
    /// @param name without a checksum: `primary.xml.gz`
    RepomdRecord place(MetadataFile.Written written, String type, String name, FileNames names, Optional<Instant> time)
            throws IOException {
        String called = switch (names) {
            case UNIQUE -> written.sum().hex() + "-" + name;
            case SIMPLE -> name;
        };
        Path place = folder.resolve(called);
        if (time.isPresent()) {
            Files.setLastModifiedTime(written.file(), FileTime.from(time.get()));
        }
        long seconds = Files.getLastModifiedTime(written.file()).toInstant().getEpochSecond();
        rename(written.file(), place);
        return written.record(type, "repodata/" + called, seconds);
    }

    /// A signature and the key that verifies it.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Signed(byte[] signature, byte[] key) {}

    /// Publishes: from here on clients see the new state.
    void publish(byte[] repomd, Optional<Signed> signed, Optional<Instant> time) throws IOException {
        remember();
        Path fresh = force(fresh(REPOMD), repomd);
        if (time.isPresent()) {
            Files.setLastModifiedTime(fresh, FileTime.from(time.get()));
        }
        forceFolder();
        if (signed.isPresent()) {
            rename(force(fresh(KEY), signed.get().key()), folder.resolve(KEY));
            rename(force(fresh(SIGNATURE), signed.get().signature()), folder.resolve(SIGNATURE));
        } else {
            // A signature of the old state would make every client refuse the new one.
            Files.deleteIfExists(folder.resolve(SIGNATURE));
            Files.deleteIfExists(folder.resolve(KEY));
        }
        rename(fresh, folder.resolve(REPOMD));
        forceFolder();
    }

    /// Keeps the repomd.xml that is about to be replaced, because it says which files belong to it.
    private void remember() throws IOException {
        Optional<byte[]> old = repomd();
        if (old.isPresent()) {
            long last = remembered().stream()
                    .mapToLong(RepodataFolder::number)
                    .max()
                    .orElse(0);
            Path fresh = generations.resolve(FRESH + REPOMD);
            Files.write(fresh, old.get());
            rename(fresh, generations.resolve(last + 1 + ".xml"));
        }
    }

    /// Deletes metadata files of generations that nobody needs any more, and those that were never published.
    ///
    /// @return their names
    List<String> clean(Repomd current, Keeping keeping, Instant now) throws IOException {
        Set<Path> needed = new HashSet<>();
        current.records().forEach(record -> needed.add(file(record)));
        Set<Path> known = new HashSet<>();
        List<Path> old = remembered();
        int keep = keeping.age().isPresent() ? 0 : keeping.generations();
        for (int i = 0; i < old.size(); i++) {
            Set<Path> into = i < keep ? needed : known;
            records(Files.readAllBytes(old.get(i))).forEach(record -> into.add(file(record)));
        }
        List<String> deleted = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                boolean ours = known.contains(file) || OURS.matcher(name).matches();
                if (ours && !needed.contains(file) && isOld(file, keeping, now)) {
                    Files.delete(file);
                    deleted.add(name);
                }
            }
        }
        for (Path generation : old.subList(Math.min(old.size(), Math.max(keep, 0)), old.size())) {
            if (keeping.age().isEmpty() || isOld(generation, keeping, now)) {
                Files.delete(generation);
            }
        }
        return deleted;
    }

    private static boolean isOld(Path file, Keeping keeping, Instant now) throws IOException {
        return keeping.age().isEmpty()
                || Files.getLastModifiedTime(file)
                        .toInstant()
                        .isBefore(now.minus(keeping.age().get()));
    }

    /// The replaced repomd.xml files, newest first.
    private List<Path> remembered() throws IOException {
        List<Path> all = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(generations, "[0-9]*.xml")) {
            files.forEach(all::add);
        }
        all.sort(Comparator.comparingLong(RepodataFolder::number).reversed());
        return all;
    }

    private static long number(Path generation) {
        String name = generation.getFileName().toString();
        return Long.parseLong(name.substring(0, name.length() - ".xml".length()));
    }

    private static Path force(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
        return file;
    }

    private static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void forceFolder() throws IOException {
        for (Path directory : List.of(folder, folder.resolveSibling(""))) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
