package org.ekicho.host.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTest {
    @TempDir
    Path directory;

    /// A disk that does what is asked until the step at which it fails.
    private static final class FailingDisk implements DurableFile.Disk {
        private final int failAt;
        private final List<String> steps = new ArrayList<>();

        FailingDisk(int failAt) {
            this.failAt = failAt;
        }

        private void step(String name) throws IOException {
            steps.add(name);
            if (steps.size() == failAt) {
                throw new IOException("no space left on device");
            }
        }

        @Override
        public void write(Path file, byte[] content, String mode) throws IOException {
            Files.write(file, java.util.Arrays.copyOf(content, content.length / 2));
            step("write");
            Files.write(file, content);
        }

        @Override
        public void force(Path file) throws IOException {
            step("force");
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            step("rename");
            Files.move(from, to, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }

        @Override
        public void forceDirectory(Path path) throws IOException {
            step("force directory");
        }

        @Override
        public void delete(Path file) throws IOException {
            Files.deleteIfExists(file);
        }
    }

    @Test
    void whatever_step_fails_the_file_is_whole() throws IOException {
        Path file = directory.resolve("drift");
        for (int failAt = 1; failAt <= 4; failAt++) {
            Files.writeString(file, "old content");
            FailingDisk disk = new FailingDisk(failAt);
            assertThatThrownBy(() -> new DurableFile(file, disk).write("the new content".getBytes(UTF_8)))
                    .isInstanceOf(IOException.class);
            assertThat(Files.readString(file))
                    .as("after step %d", failAt)
                    .isEqualTo(failAt < 4 ? "old content" : "the new content");
            try (Stream<Path> files = Files.list(directory)) {
                assertThat(files).containsExactly(file);
            }
        }
    }

    @Test
    void content_is_on_the_disk_before_it_has_the_name() throws IOException {
        FailingDisk disk = new FailingDisk(0);
        new DurableFile(directory.resolve("drift"), disk).write(new byte[10]);
        assertThat(disk.steps).containsExactly("write", "force", "rename", "force directory");
    }

    @Test
    void replaces_a_real_file_and_what_an_earlier_try_left() throws IOException {
        Path file = directory.resolve("drift");
        Files.writeString(directory.resolve(".drift.new"), "rest");
        DurableFile durable = new DurableFile(file);
        durable.write("1".getBytes(UTF_8));
        durable.write("22".getBytes(UTF_8));
        assertThat(file).hasContent("22");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).hasSize(1);
        }
    }
}
