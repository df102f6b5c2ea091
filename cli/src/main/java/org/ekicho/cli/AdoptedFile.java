package org.ekicho.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.ekicho.site.NamedFile;

/// A `.repo` file and the copy of how the distribution made it, `FILE.dist`. Each change is one rename of a complete
/// file that is on the disk, with the mode and owner of the one before.
///
/// @param path the file itself, not a link to it
record AdoptedFile(Path path) {
    /// @throws IOException when there is no such file
    static AdoptedFile of(Path written) throws IOException {
        return new AdoptedFile(written.toRealPath());
    }

    /// One character a byte.
    String text() throws IOException {
        return read(path);
    }

    Path dist() {
        return beside(".dist");
    }

    /// Whether the package manager put a newer file beside, because this one was changed.
    boolean hasNewer() {
        return Files.exists(beside(".rpmnew"));
    }

    Path newer() {
        return beside(".rpmnew");
    }

    Path olderDist() {
        return beside(".dist.old");
    }

    private Path beside(String ending) {
        return path.resolveSibling(path.getFileName() + ending);
    }

    static String read(Path file) throws IOException {
        if (Files.size(file) > NamedFile.MAX_BYTES) {
            throw new IOException(file + " is longer than " + NamedFile.MAX_BYTES + " bytes: this is no .repo file");
        }
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    /// Keeps the file as it is now; an earlier copy stays beside it as `FILE.dist.old`.
    void keep() throws IOException {
        if (Files.exists(dist())) {
            Files.move(dist(), olderDist(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        replace(dist(), text());
    }

    void write(String text) throws IOException {
        replace(path, text);
    }

    /// Puts the kept copy back.
    void restore() throws IOException {
        Files.move(dist(), path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder();
    }

    /// The file beside is a copy of this one first, so that it has its mode and owner.
    private void replace(Path target, String text) throws IOException {
        Path beside = beside(".new");
        Files.copy(path, beside, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
        try {
            if (Files.getAttribute(path, "unix:uid") instanceof Integer uid
                    && Files.getAttribute(path, "unix:gid") instanceof Integer gid) {
                Files.setAttribute(beside, "unix:uid", uid);
                Files.setAttribute(beside, "unix:gid", gid);
            }
            try (FileChannel channel =
                    FileChannel.open(beside, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer rest = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
        forceFolder();
    }

    /// Without this a power cut might take back the names.
    private void forceFolder() throws IOException {
        try (FileChannel folder = FileChannel.open(path.resolveSibling("."), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
