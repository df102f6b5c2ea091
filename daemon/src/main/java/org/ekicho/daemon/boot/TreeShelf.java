package org.ekicho.daemon.boot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ekicho.daemon.boot.ftp.FtpTrees;
import org.ekicho.daemon.boot.media.MediaDesk;
import org.ekicho.netboot.iso.IsoEntry;
import org.ekicho.netboot.iso.IsoImage;
import org.ekicho.netboot.iso.IsoRefusedException;
import org.ekicho.netboot.iso.TreeKind;
import org.ekicho.netboot.iso.TreeSigns;

/// The imported trees: `trees/NAME/files/` and `trees/NAME/SHA256SUMS`. A tree appears whole, by one rename, or not at
/// all; every file was read back from where it was copied to before that.
public final class TreeShelf implements TreeFinder, FtpTrees {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";
    private static final String FILES = "files";
    private static final String SUMS = "SHA256SUMS";
    /// Files of a tree: a DVD has some ten thousand.
    private static final int MAX_FILES = 500_000;

    private final Path trees;
    private final Map<String, InstallTree> known = new HashMap<>();

    public TreeShelf(BootFolder folder) {
        this.trees = folder.trees();
    }

    /// How an import went.
    ///
    /// @param tree     the tree
    /// @param files    how many
    /// @param bytes    of all of them
    /// @param verified files whose checksum `.treeinfo` or the disc's own list names, and which have it
    public record Imported(InstallTree tree, int files, long bytes, int verified) {}

    @Override
    public synchronized Optional<InstallTree> tree(String name) throws IOException {
        if (!name.matches(NAME) || !Files.isDirectory(trees.resolve(name).resolve(FILES))) {
            known.remove(name);
            return Optional.empty();
        }
        InstallTree seen = known.get(name);
        if (seen == null) {
            Path files = trees.resolve(name).resolve(FILES);
            TreeKind kind = recognise(files)
                    .orElseThrow(() -> new IOException(files + " is no installation tree any more; import it again"));
            seen = new InstallTree(name, kind, files);
            known.put(name, seen);
        }
        return Optional.of(seen);
    }

    /// The trees that are here, by name.
    public List<InstallTree> list() throws IOException {
        List<InstallTree> found = new ArrayList<>();
        try (var names = Files.list(trees)) {
            for (String name :
                    names.map(p -> p.getFileName().toString()).sorted().toList()) {
                tree(name).ifPresent(found::add);
            }
        }
        return found;
    }

    @Override
    public List<String> names() throws IOException {
        return list().stream().map(InstallTree::name).toList();
    }

    @Override
    public Optional<Path> find(String path) throws IOException {
        return TreeFinder.super.find(path);
    }

    /// Copies a folder or an ISO image, verified.
    ///
    /// @param name what profiles will call it
    /// @param from a folder, or an ISO image
    /// @throws IOException when it is none that we know, is damaged, or there is no room: nothing has changed
    public Imported add(String name, Path from) throws IOException {
        if (!name.matches(NAME)) {
            throw new IOException(
                    "a tree's name has up to 63 letters, digits, dots, underscores and dashes, not \"" + name + "\"");
        }
        Path place = trees.resolve(name);
        if (Files.exists(place)) {
            throw new IOException(
                    "there is a tree " + name + " already; remove " + place + " first, or choose another" + " name");
        }
        Path stage = trees.resolve("." + name + ".new");
        delete(stage);
        Path files = Files.createDirectories(stage.resolve(FILES));
        try {
            Map<String, String> sums = Files.isDirectory(from) ? copyFolder(from, files) : copyImage(from, files);
            TreeKind kind = recognise(files)
                    .orElseThrow(() -> new IOException(from
                            + " is no installation tree: it has neither .treeinfo nor .discinfo, .disk/info, media.1/products"
                            + " or a debian-installer folder"));
            int verified = verify(files, sums);
            StringBuilder list = new StringBuilder();
            sums.forEach(
                    (path, sum) -> list.append(sum).append("  ").append(path).append('\n'));
            Files.writeString(stage.resolve(SUMS), list, StandardCharsets.UTF_8);
            Files.move(stage, place, StandardCopyOption.ATOMIC_MOVE);
            long bytes = 0;
            for (String path : sums.keySet())
                bytes += Files.size(place.resolve(FILES).resolve(path));
            return new Imported(new InstallTree(name, kind, place.resolve(FILES)), sums.size(), bytes, verified);
        } catch (IOException e) {
            delete(stage);
            throw e;
        }
    }

    /// Reads every file again and compares it with what it was when it was imported.
    ///
    /// @return one sentence for each that differs or is missing
    public List<String> check(InstallTree tree) throws IOException {
        List<String> problems = new ArrayList<>();
        Path sums = trees.resolve(tree.name()).resolve(SUMS);
        for (String line : Files.readAllLines(sums, StandardCharsets.UTF_8)) {
            int gap = line.indexOf("  ");
            if (gap < 0) continue;
            String path = line.substring(gap + 2);
            try {
                if (!sha256(tree.files().resolve(path)).equals(line.substring(0, gap))) {
                    problems.add(path + " has changed since it was imported");
                }
            } catch (NoSuchFileException e) {
                problems.add(path + " is missing");
            }
        }
        tree.kind().caution().ifPresent(problems::add);
        return problems;
    }

    private static Map<String, String> copyFolder(Path from, Path to) throws IOException {
        Map<String, String> sums = new TreeMap<>();
        Path real = from.toRealPath();
        List<Path> all;
        try (var walk = Files.walk(real)) {
            all = walk.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .limit(MAX_FILES + 1L)
                    .toList();
        }
        if (all.size() > MAX_FILES) {
            throw new IOException(from + " has more than " + MAX_FILES + " files");
        }
        for (Path path : all) {
            // Links inside of the tree are followed, as Debian's netboot folders have them; others are left out.
            if (!Files.isRegularFile(path) || !path.toRealPath().startsWith(real)) continue;
            String relative = real.relativize(path).toString();
            sums.put(relative, copy(Files.newInputStream(path), to.resolve(relative)));
        }
        return sums;
    }

    private static Map<String, String> copyImage(Path from, Path to) throws IOException {
        Map<String, String> sums = new TreeMap<>();
        try (FileChannel channel = FileChannel.open(from, StandardOpenOption.READ)) {
            IsoImage image = IsoImage.open(MediaDesk.source(channel));
            for (IsoEntry entry : image.entries()) {
                if (entry instanceof IsoEntry.File file) {
                    sums.put(file.path(), copy(image.open(file), to.resolve(file.path())));
                }
            }
        } catch (IsoRefusedException e) {
            throw new IOException(from + ": " + e.getMessage(), e);
        }
        return sums;
    }

    /// Copies one file, forces it to the disk and reads it back.
    ///
    /// @return its SHA-256 in hexadecimal
    private static String copy(InputStream in, Path target) throws IOException {
        Files.createDirectories(target.resolveSibling(""));
        try (in) {
            Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
        }
        try (FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        return sha256(target);
    }

    /// Compares with the checksums of `.treeinfo`.
    private static int verify(Path files, Map<String, String> sums) throws IOException {
        int verified = 0;
        for (Map.Entry<String, String> entry : treeInfo(files).entrySet()) {
            String path = entry.getKey().substring(entry.getKey().indexOf('.') + 1);
            if (!entry.getKey().startsWith("checksums.") || !entry.getValue().startsWith("sha256:")) continue;
            String sum = sums.get(path);
            if (sum == null) continue;
            if (!sum.equals(entry.getValue().substring("sha256:".length()))) {
                throw new IOException(path + " is damaged: its SHA-256 is not the one that .treeinfo names; fetch the"
                        + " image again");
            }
            verified++;
        }
        return verified;
    }

    private static Optional<TreeKind> recognise(Path files) throws IOException {
        return TreeKind.of(new TreeSigns(
                treeInfo(files),
                small(files, ".discinfo").map(text -> text.lines().toList()).orElse(List.of()),
                small(files, ".disk/info"),
                small(files, "media.1/products"),
                path -> Files.isRegularFile(files.resolve(path))));
    }

    /// Keys as `section.key`.
    private static Map<String, String> treeInfo(Path files) throws IOException {
        Map<String, String> values = new HashMap<>();
        Optional<String> text = small(files, ".treeinfo").or(() -> Optional.empty());
        if (text.isEmpty()) text = small(files, "treeinfo");
        String section = "";
        for (String line : text.orElse("").lines().toList()) {
            String plain = line.strip();
            int equals = plain.indexOf('=');
            if (plain.startsWith("[") && plain.endsWith("]")) {
                section = plain.substring(1, plain.length() - 1).strip();
            } else if (equals > 0 && !plain.startsWith("#") && !plain.startsWith(";")) {
                values.putIfAbsent(
                        section + "." + plain.substring(0, equals).strip(),
                        plain.substring(equals + 1).strip());
            }
        }
        return values;
    }

    private static Optional<String> small(Path files, String name) throws IOException {
        Path file = files.resolve(name);
        return Files.isRegularFile(file) && Files.size(file) <= TreeSigns.MAX_BYTES
                ? Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 17];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) return;
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                    Path folder, java.io.@org.jspecify.annotations.Nullable IOException e) throws IOException {
                if (e != null) throw e;
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
