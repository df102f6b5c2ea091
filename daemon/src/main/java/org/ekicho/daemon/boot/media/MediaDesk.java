package org.ekicho.daemon.boot.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.ekicho.daemon.mirror.folder.DiskFullException;
import org.ekicho.netboot.iso.IsoSource;
import org.ekicho.netboot.media.HybridIso;
import org.ekicho.netboot.media.MediaFile;
import org.ekicho.netboot.media.MediaPlan;

/// Where boot media become files: loaders and kernels are opened, and the image gets its name only when all
/// of it is on the disk. Whoever copies FILE.iso to a stick gets the old one or the new one whole.
public final class MediaDesk {
    /// What is written beside before it is renamed.
    private static final String PART = ".part";

    /// A medium may hold an address with a token: not for everybody on this machine.
    private static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rw-r-----");

    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private MediaDesk() {}

    /// A file of this machine for a medium.
    ///
    /// @param path  its place on the medium
    /// @param where a regular file, links followed: distributions link their loaders
    /// @throws IOException with the file's name, when it is missing or cannot be read
    public static MediaFile file(String path, Path where) throws IOException {
        if (!Files.isRegularFile(where)) throw new IOException(where + " is missing or is no regular file");
        if (!Files.isReadable(where)) throw new IOException(where + " cannot be read by this user");
        return new MediaFile(path, Files.size(where), () -> Files.newInputStream(where));
    }

    /// Writes a medium, mode 0640.
    ///
    /// @return its size in bytes
    /// @throws IOException when something cannot be read, or there is no room; what `target` was before is
    ///                     untouched
    public static long write(MediaPlan plan, Path target) throws IOException {
        Path file = target.toAbsolutePath();
        Path folder = file.resolveSibling("");
        Path beside = file.resolveSibling("." + file.getFileName() + PART);
        HybridIso iso = HybridIso.of(plan);
        try {
            Files.deleteIfExists(beside);
            try (FileChannel out = FileChannel.open(beside, NEW, PosixFilePermissions.asFileAttribute(MODE))) {
                iso.writeTo(out);
                out.force(true);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            IOException told = DiskFullException.tell(
                    e, folder, "a medium of " + iso.size() + " bytes was not written; free some room and say it again");
            try {
                Files.deleteIfExists(beside);
            } catch (IOException second) {
                told.addSuppressed(second);
            }
            throw told;
        }
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
        return iso.size();
    }

    /// Writes a medium to anything, as to a browser.
    public static void stream(MediaPlan plan, WritableByteChannel out) throws IOException {
        HybridIso.of(plan).writeTo(out);
    }

    /// An image file to read; the caller closes the channel.
    public static IsoSource source(FileChannel image) {
        return new IsoSource() {
            @Override
            public long size() throws IOException {
                return image.size();
            }

            @Override
            public int read(ByteBuffer into, long position) throws IOException {
                return image.read(into, position);
            }
        };
    }
}
