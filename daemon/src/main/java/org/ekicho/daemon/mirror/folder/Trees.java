package org.ekicho.daemon.mirror.folder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.ekicho.mirror.snapshot.SnapshotFile;

/// Folders full of links: built in the stage, renamed into place, renamed away before they are deleted, so that no
/// half of one is ever at a place that is served.
final class Trees {
    /// No repository's id begins with a dot.
    static final String MARK = ".tree-";

    private Trees() {}

    /// A folder in the stage for a tree to be built; what an ended run left of that name is deleted.
    static Path begin(Path stage, String name) throws IOException {
        Path tree = stage.resolve(MARK + name);
        delete(tree);
        return Files.createDirectory(tree);
    }

    /// Links contents to their paths.
    ///
    /// @return every folder of it, for [#force]
    static Set<Path> fill(Path tree, List<SnapshotFile> files, ContentStore store) throws IOException {
        Set<Path> folders = new HashSet<>();
        folders.add(tree);
        for (SnapshotFile file : files) {
            Path target = tree.resolve(file.path());
            makeFolders(target.resolveSibling(""), folders);
            store.link(file.sha256(), target);
        }
        return folders;
    }

    private static void makeFolders(Path folder, Set<Path> made) throws IOException {
        if (made.contains(folder)) {
            return;
        }
        makeFolders(folder.resolveSibling(""), made);
        Files.createDirectory(folder);
        made.add(folder);
    }

    /// Brings names to the disk.
    static void force(Iterable<Path> folders) throws IOException {
        for (Path folder : folders) {
            force(folder);
        }
    }

    static void force(Path fileOrFolder) throws IOException {
        try (FileChannel channel = FileChannel.open(fileOrFolder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// Makes a folder, its parents too, so that it is still there after a power cut.
    static void makeDurably(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.resolveSibling("");
        makeDurably(parent);
        Files.createDirectories(folder);
        force(parent);
    }

    /// Puts a tree into its place, which must be free; the name is on the disk when this returns.
    static void place(Path tree, Path place) throws IOException {
        Path parent = place.resolveSibling("");
        makeDurably(parent);
        Files.move(tree, place, StandardCopyOption.ATOMIC_MOVE);
        force(parent);
    }

    /// Takes a tree away from its place, then deletes it.
    static void remove(Path tree, Path stage) throws IOException {
        delete(takeAway(tree, stage));
    }

    /// Takes a tree away from its place by one rename; nothing happens when there is none.
    ///
    /// @return where it is now, to be deleted
    static Path takeAway(Path tree, Path stage) throws IOException {
        Path away = stage.resolve(MARK + "gone-" + tree.getFileName() + "-" + System.nanoTime());
        if (Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            Files.move(tree, away, StandardCopyOption.ATOMIC_MOVE);
        }
        return away;
    }

    /// Deletes a tree, or nothing when there is none. Links are deleted, not followed.
    static void delete(Path tree) throws IOException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                    Path folder, java.io.@org.jspecify.annotations.Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /// Deletes after a failure, whose reason is what counts.
    static void deleteAfter(IOException failure, Path tree) {
        try {
            delete(tree);
        } catch (IOException second) {
            failure.addSuppressed(second);
        }
    }

    /// The names in a folder, sorted; none when there is no such folder.
    ///
    /// @throws IOException when that cannot be told: none is never a guess
    static List<String> names(Path folder) throws IOException {
        if (Files.notExists(folder) || Files.isRegularFile(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }
}
