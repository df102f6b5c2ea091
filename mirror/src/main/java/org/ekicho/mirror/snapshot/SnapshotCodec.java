package org.ekicho.mirror.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ekicho.mirror.hash.Checksum;
import org.ekicho.mirror.hash.HashType;
import org.ekicho.mirror.settings.RepoId;

/// The manifest of a snapshot as text: a header, one line for each file with tabs between its fields, an end. There is
/// one text for each snapshot, so that manifests can be compared and hashed.
///
/// ```text
/// ekicho-snapshot 1
/// repo baseos
/// id 20261127T101500Z-3f2a9c01
/// revision 1767225600
/// origin https://mirror.example/9/BaseOS/
/// files 2
/// package⇥3f2a…⇥4096⇥1767225600⇥Packages/b/bash-5.2-1.x86_64.rpm
/// root⇥77aa…⇥3012⇥1767225601⇥repodata/repomd.xml
/// end
/// ```
public final class SnapshotCodec {
    /// Files of one snapshot; the largest distributions have 70,000 packages.
    public static final int MAX_FILES = 5_000_000;

    private static final String MAGIC = "ekicho-snapshot 1";
    private static final String END = "end";

    private SnapshotCodec() {}

    /// Writes the manifest; the stream stays open.
    public static void format(Snapshot snapshot, OutputStream out) throws IOException {
        StringBuilder text = new StringBuilder(8192);
        text.append(MAGIC).append('\n');
        text.append("repo ").append(snapshot.repo()).append('\n');
        text.append("id ").append(snapshot.id()).append('\n');
        text.append("revision ").append(Escapes.format(snapshot.revision())).append('\n');
        text.append("origin ").append(Escapes.format(snapshot.origin())).append('\n');
        text.append("files ").append(snapshot.files().size()).append('\n');
        for (SnapshotFile file : snapshot.files()) {
            text.append(word(file.kind())).append('\t');
            text.append(file.sha256()).append('\t');
            text.append(file.size()).append('\t');
            text.append(file.mtimeSeconds()).append('\t');
            text.append(Escapes.format(file.path())).append('\n');
            if (text.length() > 8000) {
                out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
                text.setLength(0);
            }
        }
        text.append(END).append('\n');
        out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
    }

    /// Reads a manifest to its end.
    ///
    /// @throws ManifestException when it is anything else than what [#format] writes
    public static Snapshot parse(InputStream in) throws IOException {
        LineSource lines = new LineSource(in);
        if (!lines.next().equals(Optional.of(MAGIC))) {
            throw lines.problem(1, "\"" + MAGIC + "\" is expected");
        }
        String repo = lines.value("repo");
        if (!RepoId.isValid(repo)) {
            throw lines.problem(6, "no id of a repository");
        }
        String id = lines.value("id");
        if (!SnapshotId.isValid(id)) {
            throw lines.problem(4, "no id of a snapshot");
        }
        String revision = lines.text("revision");
        String origin = lines.text("origin");
        long count = lines.number("files");
        if (count > MAX_FILES) {
            throw lines.problem(7, "more than " + MAX_FILES + " files");
        }
        List<SnapshotFile> files = files(lines, count);
        if (!lines.next().equals(Optional.of(END))) {
            throw lines.problem(1, "\"end\" is expected after " + count + " files");
        }
        lines.nothingMore();
        return new Snapshot(new RepoId(repo), new SnapshotId(id), revision, origin, files);
    }

    /// Whether files can lie in one tree: sorted by path, none twice, none where another one has a folder.
    ///
    /// @return the first path that cannot
    public static Optional<String> misplaced(List<SnapshotFile> files) {
        Set<String> paths = new HashSet<>(files.size() * 2);
        String last = "";
        for (SnapshotFile file : files) {
            if (file.path().compareTo(last) <= 0) {
                return Optional.of(file.path());
            }
            last = file.path();
            paths.add(last);
        }
        for (SnapshotFile file : files) {
            String path = file.path();
            for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
                if (paths.contains(path.substring(0, slash))) {
                    return Optional.of(path);
                }
            }
        }
        return Optional.empty();
    }

    private static List<SnapshotFile> files(LineSource lines, long count) throws IOException {
        // The count may lie: room is made for what is read, not for what is said.
        List<SnapshotFile> files = new ArrayList<>((int) Math.min(count, 1 << 16));
        for (long i = 0; i < count; i++) {
            Optional<String> line = lines.next();
            if (line.isEmpty()) {
                throw lines.problem(1, "the text ends after " + i + " of " + count + " files");
            }
            files.add(file(line.get(), lines));
        }
        Optional<String> misplaced = misplaced(files);
        if (misplaced.isPresent()) {
            throw lines.problem(
                    1,
                    "the file \"" + Escapes.format(misplaced.get())
                            + "\" is there twice, out of order, or inside of another file");
        }
        return files;
    }

    private static SnapshotFile file(String line, LineSource lines) throws ManifestException {
        String[] fields = line.split("\t", -1);
        if (fields.length != 5) {
            throw lines.problem(1, "5 fields with tabs between are expected");
        }
        int column = 1;
        Optional<SnapshotFile.Kind> kind = kind(fields[0]);
        if (kind.isEmpty()) {
            throw lines.problem(column, "package, metadata, tree or root is expected");
        }
        column += fields[0].length() + 1;
        Optional<Checksum> sum = Checksum.parse(HashType.SHA256.word(), fields[1]);
        if (sum.isEmpty() || !sum.get().hex().equals(fields[1])) {
            throw lines.problem(column, "64 lower-case hexadecimal digits are expected");
        }
        column += fields[1].length() + 1;
        long size = lines.number(fields[2], column);
        column += fields[2].length() + 1;
        boolean before1970 = fields[3].startsWith("-") && !fields[3].equals("-0");
        long mtime = lines.number(before1970 ? fields[3].substring(1) : fields[3], column);
        column += fields[3].length() + 1;
        Optional<String> path = Escapes.parse(fields[4]);
        if (path.isEmpty()) {
            throw lines.problem(column, "the path is not escaped as it should be");
        }
        Optional<String> problem = SnapshotPath.problem(path.get());
        if (problem.isPresent()) {
            throw lines.problem(column, "the path cannot be: " + problem.get());
        }
        return new SnapshotFile(path.get(), fields[1], size, before1970 ? -mtime : mtime, kind.get());
    }

    private static String word(SnapshotFile.Kind kind) {
        return switch (kind) {
            case PACKAGE -> "package";
            case METADATA -> "metadata";
            case TREE -> "tree";
            case ROOT -> "root";
        };
    }

    private static Optional<SnapshotFile.Kind> kind(String word) {
        for (SnapshotFile.Kind kind : SnapshotFile.Kind.values()) {
            if (word(kind).equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
