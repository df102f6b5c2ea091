package org.ekicho.host.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/// A file that is replaced as a whole: whoever reads it, even after a power cut, finds the old content or the new,
/// never a part. Written beside, forced to the disk, renamed, and the directory forced too (without that the *name*
/// may be lost).
///
/// One thread at a time writes one file.
public final class DurableFile {
    /// What is asked of the file system, each of which can fail.
    interface Disk {
        /// Makes the file anew with this mode (`rw-r-----`) and writes it.
        void write(Path file, byte[] content, String mode) throws IOException;

        void force(Path file) throws IOException;

        void rename(Path from, Path to) throws IOException;

        void forceDirectory(Path directory) throws IOException;

        void delete(Path file) throws IOException;
    }

    /// The mode of files that hold no secret but are nobody's business either.
    private static final String MODE = "rw-r-----";
    /// The mode of files that everybody is shown.
    private static final String PUBLIC = "rw-r--r--";

    private final Path file;
    private final Disk disk;

    public DurableFile(Path file) {
        this(file, new RealDisk());
    }

    DurableFile(Path file, Disk disk) {
        this.file = file.toAbsolutePath();
        this.disk = disk;
    }

    /// Replaces the content. After an IOException the old content stands, or, when only the last step failed, the new
    /// one
    /// that a power cut might yet take back.
    public void write(byte[] content) throws IOException {
        write(content, MODE);
    }

    /// The same for a file that everybody may read, such as a public key.
    public void writePublic(byte[] content) throws IOException {
        write(content, PUBLIC);
    }

    private void write(byte[] content, String mode) throws IOException {
        Path directory = file.resolveSibling("").toAbsolutePath();
        Path beside = file.resolveSibling("." + file.getFileName() + ".new");
        try {
            disk.write(beside, content, mode);
            disk.force(beside);
            disk.rename(beside, file);
        } catch (IOException e) {
            try {
                disk.delete(beside);
            } catch (IOException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
        disk.forceDirectory(directory);
    }

    private static final class RealDisk implements Disk {
        @Override
        public void write(Path file, byte[] content, String mode) throws IOException {
            // A rest of an attempt that was cut short is of no use, and it might be somebody's link.
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)));
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
            }
        }

        @Override
        public void force(Path file) throws IOException {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }

        @Override
        public void forceDirectory(Path directory) throws IOException {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }

        @Override
        public void delete(Path file) throws IOException {
            Files.deleteIfExists(file);
        }
    }
}
