package org.ekicho.daemon.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ekicho.daemon.boot.media.MediaDesk;
import org.ekicho.netboot.answer.AnswerLanguage;
import org.ekicho.netboot.media.MediaFile;
import org.ekicho.netboot.media.MediaPlan;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TreeShelfTest {
    @TempDir
    Path root;

    private Path source;
    private TreeShelf shelf;

    @BeforeEach
    void folders() throws IOException {
        shelf = new TreeShelf(new BootFolder(root.resolve("boot"), root).open());
        source = Files.createDirectories(root.resolve("source"));
    }

    private void debian() throws IOException {
        Path netboot = Files.createDirectories(source.resolve("debian-installer/amd64"));
        Files.writeString(netboot.resolve("linux"), "kernel");
        Files.writeString(netboot.resolve("initrd.gz"), "initrd");
        Files.createSymbolicLink(source.resolve("outside"), Path.of("/etc/passwd"));
    }

    @Test
    void a_debian_netboot_folder_becomes_a_tree() throws IOException {
        debian();
        TreeShelf.Imported imported = shelf.add("debian-12", source);
        assertThat(imported.tree().language()).isEqualTo(AnswerLanguage.PRESEED);
        assertThat(imported.files()).isEqualTo(2);
        assertThat(imported.bytes()).isEqualTo(12);
        InstallTree tree = shelf.tree("debian-12").orElseThrow();
        assertThat(tree.files().resolve(tree.kind().kernel())).hasContent("kernel");
        assertThat(shelf.list()).extracting(InstallTree::name).containsExactly("debian-12");
        assertThat(shelf.check(tree)).isEmpty();
    }

    @Test
    void a_file_that_changed_or_vanished_is_found() throws IOException {
        debian();
        InstallTree tree = shelf.add("debian-12", source).tree();
        Files.writeString(tree.files().resolve("debian-installer/amd64/linux"), "other!");
        Files.delete(tree.files().resolve("debian-installer/amd64/initrd.gz"));
        assertThat(shelf.check(tree))
                .containsExactly(
                        "debian-installer/amd64/initrd.gz is missing",
                        "debian-installer/amd64/linux has changed since it was imported");
    }

    @Test
    void a_checksum_of_treeinfo_that_does_not_fit_stops_the_import() throws IOException {
        Path images = Files.createDirectories(source.resolve("images/pxeboot"));
        Files.writeString(images.resolve("vmlinuz"), "kernel");
        Files.writeString(images.resolve("initrd.img"), "initrd");
        Files.writeString(source.resolve(".treeinfo"), """
                [general]
                family = Rocky Linux
                version = 9.4
                arch = x86_64
                [checksums]
                images/pxeboot/vmlinuz = sha256:%s
                """.formatted("0".repeat(64)));
        assertThatThrownBy(() -> shelf.add("rocky-9", source))
                .hasMessageContaining("images/pxeboot/vmlinuz is damaged");
        assertThat(shelf.tree("rocky-9")).isEmpty();
        try (var left = Files.list(root.resolve("boot/trees"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void an_iso_image_is_imported_without_mounting_it() throws IOException {
        Path iso = root.resolve("tree.iso");
        MediaDesk.write(
                new MediaPlan(
                        "TREE",
                        Instant.parse("2026-11-27T09:00:00Z"),
                        List.of(
                                MediaFile.of("debian-installer/amd64/linux", "kernel"),
                                MediaFile.of("debian-installer/amd64/initrd.gz", "initrd")),
                        Optional.empty(),
                        List.of(MediaFile.of("EFI/BOOT/BOOTX64.EFI", "loader"))),
                iso);
        TreeShelf.Imported imported = shelf.add("debian-12", iso);
        assertThat(imported.files()).isGreaterThanOrEqualTo(2);
        assertThat(imported.tree().files().resolve("debian-installer/amd64/initrd.gz"))
                .hasContent("initrd");
    }

    @Test
    void what_is_no_tree_is_refused_and_leaves_nothing() throws IOException {
        Files.writeString(source.resolve("readme"), "nothing here");
        assertThatThrownBy(() -> shelf.add("x", source)).hasMessageContaining("is no installation tree");
        assertThatThrownBy(() -> shelf.add("../x", source)).hasMessageContaining("a tree's name has");
        assertThat(shelf.list()).isEmpty();
    }

    @Test
    void a_name_that_is_taken_is_refused() throws IOException {
        debian();
        shelf.add("debian-12", source);
        assertThatThrownBy(() -> shelf.add("debian-12", source)).hasMessageContaining("there is a tree debian-12");
    }
}
