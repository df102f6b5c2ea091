package org.ekicho.lab.mirror;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/// A disk with room for few bytes or names, in a mount namespace of its own: nobody else sees it, and it is gone when
/// we close or die.
final class SmallDisk implements AutoCloseable {
    /// A filler larger than any disk of a test.
    private static final long ENDLESS = 1L << 40;

    private final Process holder;
    private final Path inside;

    private SmallDisk(Process holder, Path inside) {
        this.holder = holder;
        this.inside = inside;
    }

    /// @param place   an empty folder, where it is mounted
    /// @param options of tmpfs, such as `size=80m,nr_inodes=400`
    static SmallDisk at(Path place, String options) {
        try {
            Files.createDirectories(place);
            Process holder = new ProcessBuilder(
                            "unshare",
                            "--mount",
                            "sh",
                            "-c",
                            "mount -t tmpfs -o " + options + " small \"$0\" && echo up; exec cat",
                            place.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = holder.inputReader(StandardCharsets.UTF_8).readLine();
            if (!"up".equals(said)) throw new IllegalStateException("no small disk: " + said);
            return new SmallDisk(holder, place);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The way in, to stand before a command.
    String[] way() {
        return new String[] {"nsenter", "--target", Long.toString(holder.pid()), "--mount", "--"};
    }

    /// The disk as we see it from outside.
    Path seen() {
        return seen(inside);
    }

    /// A path on the disk as we see it from outside.
    Path seen(Path path) {
        return Path.of("/proc/" + holder.pid() + "/root" + path);
    }

    /// Fills it, but for so many bytes.
    void fillBut(long bytes) {
        try (FileChannel out =
                FileChannel.open(seen().resolve("filler"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer block = ByteBuffer.allocate(1 << 16);
            for (long left = Math.min(ENDLESS, free() - bytes); left > 0; ) {
                block.clear().limit((int) Math.min(block.capacity(), left));
                left -= out.write(block);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Uses up its names, but for so many.
    void nameBut(int names) {
        Path folder = seen().resolve("names");
        try {
            Files.createDirectories(folder);
            int made = 0;
            for (; ; made++) {
                Files.createFile(folder.resolve(Integer.toString(made)));
            }
        } catch (IOException e) {
            freeNames(folder, names);
        }
    }

    private static void freeNames(Path folder, int names) {
        try (var files = Files.list(folder)) {
            for (Path file : files.limit(names).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Gives back what was filled.
    void clear() {
        try {
            Files.deleteIfExists(seen().resolve("filler"));
            if (Files.isDirectory(seen().resolve("names"))) {
                freeNames(seen().resolve("names"), Integer.MAX_VALUE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long free() throws IOException {
        return Files.getFileStore(seen()).getUsableSpace();
    }

    @Override
    public void close() {
        try {
            holder.getOutputStream().close();
            if (!holder.waitFor(10, TimeUnit.SECONDS)) holder.destroyForcibly();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            holder.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
