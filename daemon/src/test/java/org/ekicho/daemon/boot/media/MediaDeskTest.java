package org.ekicho.daemon.boot.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ekicho.daemon.mirror.folder.DiskFullException;
import org.ekicho.netboot.iso.IsoEntry;
import org.ekicho.netboot.iso.IsoImage;
import org.ekicho.netboot.media.MediaFile;
import org.ekicho.netboot.media.MediaPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaDeskTest {
    @TempDir
    Path folder;

    @Test
    void a_medium_is_written_and_read_again() throws Exception {
        Path loader = Files.writeString(folder.resolve("loader"), "a loader");
        Path target = folder.resolve("boot.iso");
        long size = MediaDesk.write(plan(MediaDesk.file("boot/loader", loader)), target);
        assertThat(target).hasSize(size);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                .isEqualTo("rw-r-----");
        try (FileChannel channel = FileChannel.open(target)) {
            IsoImage iso = IsoImage.open(MediaDesk.source(channel));
            try (var in = iso.open((IsoEntry.File) iso.find("boot/loader").orElseThrow())) {
                assertThat(in.readAllBytes()).asString().isEqualTo("a loader");
            }
        }
        assertThat(names()).containsExactlyInAnyOrder("boot.iso", "loader");
    }

    @Test
    void a_full_disk_is_told_in_a_sentence_and_leaves_the_old_medium() throws IOException {
        Path target = Files.writeString(folder.resolve("boot.iso"), "the old one");
        MediaFile full = new MediaFile("x", 5, () -> {
            throw new IOException("No space left on device");
        });
        assertThatThrownBy(() -> MediaDesk.write(plan(full), target))
                .isInstanceOf(DiskFullException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("a medium of 1048576 bytes was not written; free some room and say it again");
        assertThat(target).hasContent("the old one");
        assertThat(names()).containsExactly("boot.iso");
    }

    @Test
    void a_loader_that_shrank_leaves_nothing_behind() throws IOException {
        Path loader = Files.writeString(folder.resolve("loader"), "a loader");
        MediaFile file = MediaDesk.file("boot/loader", loader);
        Files.writeString(loader, "a");
        assertThatThrownBy(() -> MediaDesk.write(plan(file), folder.resolve("boot.iso")))
                .hasMessageContaining("boot/loader ended 7 bytes early");
        assertThat(names()).containsExactly("loader");
    }

    @Test
    void a_loader_that_is_missing_is_named() {
        assertThatThrownBy(() -> MediaDesk.file("x", folder.resolve("isolinux.bin")))
                .hasMessageEndingWith("isolinux.bin is missing or is no regular file");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }

    private static MediaPlan plan(MediaFile file) {
        return new MediaPlan(
                "EKICHO",
                Instant.parse("2026-01-02T03:04:06Z"),
                List.of(file),
                Optional.empty(),
                List.of(MediaFile.of("EFI/BOOT/BOOTX64.EFI", "x")));
    }
}
