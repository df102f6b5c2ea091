package org.ekicho.daemon.mirror.folder;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.ekicho.mirror.snapshot.MirrorLayout;

/// The store as files.
final class DiskStore implements ContentStore {
    private static final Set<PosixFilePermission> READ_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    /// A file with this many links that refuses another has no more to give (ext4 ends at 65,000, others later);
    /// with fewer, the refusal means something else.
    private static final int MANY_LINKS = 1_000;

    private static final int DIGITS = 64;

    private final Path root;

    DiskStore(Path root) {
        this.root = root;
    }

    @Override
    public boolean has(String sha256) {
        return Files.isRegularFile(path(sha256), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public Path path(String sha256) {
        return root.resolve(MirrorLayout.object(sha256));
    }

    @Override
    public void take(Path finished, String sha256) throws IOException {
        if (has(sha256)) {
            Files.delete(finished);
            return;
        }
        Path place = path(sha256);
        Files.createDirectories(place.resolveSibling(""));
        Files.move(finished, place, StandardCopyOption.ATOMIC_MOVE);
        // Only now: a read-only file in the stage would be in the way of the next run.
        Files.setPosixFilePermissions(place, READ_ONLY);
    }

    @Override
    public void link(String sha256, Path target) throws IOException {
        Path content = path(sha256);
        try {
            Files.createLink(target, content);
        } catch (NoSuchFileException e) {
            throw new IOException(
                    "the content " + sha256 + " for " + target.getFileName()
                            + " is not in the store; sync the repository again",
                    e);
        } catch (FileSystemException e) {
            if (links(content) < MANY_LINKS) {
                throw e;
            }
            renew(content, target);
        }
    }

    /// Gives the content a fresh file with all its links to give; those that are linked to the former one stay so.
    private static void renew(Path content, Path target) throws IOException {
        Path copy = content.resolveSibling("." + content.getFileName() + ".new");
        try {
            Files.copy(content, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            Trees.force(copy);
            Files.move(copy, content, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Trees.deleteAfter(e, copy);
            throw e;
        }
        Files.createLink(target, content);
    }

    /// Every content's name.
    List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        Path folder = root.resolve(MirrorLayout.STORE);
        for (String part : Trees.names(folder)) {
            if (part.length() == 2) {
                for (String name : Trees.names(folder.resolve(part))) {
                    if (name.length() == DIGITS && name.startsWith(part)) {
                        names.add(name);
                    }
                }
            }
        }
        return names;
    }

    static int links(Path file) throws IOException {
        return (int) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
    }
}
