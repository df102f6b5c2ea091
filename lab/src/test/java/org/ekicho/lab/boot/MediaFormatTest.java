package org.ekicho.lab.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.ekicho.daemon.boot.media.MediaDesk;
import org.ekicho.lab.mirror.NeedsPrograms;
import org.ekicho.netboot.iso.IsoEntry;
import org.ekicho.netboot.iso.IsoImage;
import org.ekicho.netboot.media.FatImage;
import org.ekicho.netboot.media.MediaFile;
import org.ekicho.netboot.media.MediaPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What we write, judged by the programs that know these formats best; and what they write, read by us.
@NeedsPrograms({"xorriso", "genisoimage", "isoinfo", "fsck.fat", "mcopy"})
class MediaFormatTest {
    private static final Instant MADE = Instant.parse("2026-01-02T03:04:06Z");

    @TempDir
    private Path folder;

    MediaFormatTest() {}

    @Test
    void xorriso_reports_a_hybrid_for_bios_and_uefi() throws IOException {
        HostLoaders.need();
        Path image = folder.resolve("medium.iso");
        MediaDesk.write(
                new MediaPlan(
                        "EKICHO",
                        MADE,
                        List.of(
                                HostLoaders.bios().isolinux().at("isolinux/isolinux.bin"),
                                MediaFile.of("boot/Some_Long-Name.conf", "some")),
                        Optional.of(new MediaPlan.BiosStart(
                                "isolinux/isolinux.bin", HostLoaders.bios().sector())),
                        List.of(MediaFile.of("EFI/BOOT/BOOTX64.EFI", "x"))),
                image);
        String report = run(
                "xorriso",
                "-indev",
                image.toString(),
                "-report_el_torito",
                "plain",
                "-report_system_area",
                "plain",
                "-find",
                "/");
        assertThat(report)
                .contains("El Torito , MBR isohybrid", "isohybrid-suitable", "boot-info-table")
                .containsPattern("boot img : +1 +BIOS +y +none")
                .containsPattern("boot img : +2 +UEFI +y +none")
                .containsPattern("MBR partition +: +2 +0x00 +0xef")
                .contains("MBR partition path :   2  /efi.img", "'/boot/Some_Long-Name.conf'")
                .doesNotContain("FAILURE", "WARNING", "SORRY");
        assertThat(run("isoinfo", "-l", "-i", image.toString())).contains("SOME_LON.CON;1", "ISOLINUX.BIN;1");
    }

    /// A megabyte is FAT12, forty are FAT16, six hundred FAT32; the file is sparse.
    @ParameterizedTest
    @ValueSource(longs = {1_000_000, 40_000_000, 600_000_000})
    void fsck_is_content_with_what_uefi_starts_from(long bytes) throws IOException {
        List<MediaFile> files = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            files.add(MediaFile.of("EFI/many/file-with-number-" + i + ".conf", "content ".repeat(i) + i));
        }
        files.add(MediaFile.of("EFI/BOOT/BOOTX64.EFI", "start"));
        files.add(new MediaFile("large.bin", bytes, () -> new Zeros(bytes)));
        Path image = folder.resolve("fat.img");
        try (FileChannel out = FileChannel.open(image, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            FatImage.of(files, MADE).writeTo(out);
        }
        assertThat(run("fsck.fat", "-n", image.toString()))
                .contains("206 files,")
                .doesNotContain("differ", "Bad", "bad");
        Path copy = folder.resolve("copy");
        run("mcopy", "-i", image.toString(), "::EFI/many/file-with-number-199.conf", copy.toString());
        assertThat(copy).hasContent("content ".repeat(199) + "199");
        Files.delete(image);
    }

    @Test
    void what_xorriso_writes_is_read_with_its_names_links_and_depth() throws Exception {
        Path tree = folder.resolve("tree");
        Path deep = Files.createDirectories(tree.resolve("a/b/c/d/e/f/g/h/i/j"));
        Files.writeString(
                deep.resolve("a file with a very long name that ISO9660 itself could never hold.txt"), "deep");
        Files.writeString(tree.resolve(".treeinfo"), "[general]");
        Files.createSymbolicLink(tree.resolve("link"), Path.of("../a/b"));
        Path image = folder.resolve("made.iso");
        run("xorriso", "-as", "mkisofs", "-quiet", "-R", "-J", "-V", "MADE", "-o", image.toString(), tree.toString());
        try (FileChannel channel = FileChannel.open(image)) {
            IsoImage iso = IsoImage.open(MediaDesk.source(channel));
            assertThat(iso.volume()).isEqualTo("MADE");
            List<IsoEntry> entries = iso.entries();
            assertThat(entries).contains(new IsoEntry.Link("link", "../a/b"));
            IsoEntry.File file = (IsoEntry.File) entries.stream()
                    .filter(entry -> entry.path().startsWith("a/b/c/d/e/f/g/h/i/j/a file with a very long name"))
                    .findFirst()
                    .orElseThrow();
            try (var in = iso.open(file)) {
                assertThat(in.readAllBytes()).asString().isEqualTo("deep");
            }
            assertThat(iso.find(".treeinfo")).isPresent();
        }
    }

    @Test
    void what_genisoimage_writes_without_rock_ridge_is_read_with_its_joliet_names() throws Exception {
        Path tree = Files.createDirectories(folder.resolve("tree/Some Folder"));
        Files.writeString(tree.resolve("A name of many words, with a comma.txt"), "content");
        Path image = folder.resolve("made.iso");
        run(
                "genisoimage",
                "-quiet",
                "-J",
                "-input-charset",
                "utf-8",
                "-o",
                image.toString(),
                folder.resolve("tree").toString());
        try (FileChannel channel = FileChannel.open(image)) {
            IsoImage iso = IsoImage.open(MediaDesk.source(channel));
            assertThat(iso.entries())
                    .extracting(IsoEntry::path)
                    .containsExactly("Some Folder", "Some Folder/A name of many words, with a comma.txt");
        }
    }

    private String run(String... command) throws IOException {
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + command[0] + " ran", e);
        }
        String text = Files.readString(out, StandardCharsets.ISO_8859_1);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }
}
