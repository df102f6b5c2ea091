package org.ekicho.daemon.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ekicho.netboot.client.ClientArch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoaderShelfTest {
    @TempDir
    Path root;

    private Path own;
    private LoaderShelf shelf;

    @BeforeEach
    void host() throws IOException {
        own = Files.createDirectories(root.resolve("srv/boot/loaders"));
        Path ipxe = Files.createDirectories(root.resolve("usr/lib/ipxe"));
        Files.writeString(ipxe.resolve("snponly.efi"), "snp");
        Files.writeString(ipxe.resolve("ipxe.efi"), "all");
        Files.createDirectories(root.resolve("usr/bin"));
        Files.writeString(root.resolve("usr/bin/dpkg"), "");
        Files.createDirectories(root.resolve("var/lib/dpkg"));
        Files.writeString(
                root.resolve("var/lib/dpkg/status"),
                "Package: ipxe-qemu\nVersion: 9\n\nPackage: ipxe\nStatus: install ok installed\nVersion: 1.0.0+git-1\n");
        shelf = new LoaderShelf(own, root);
    }

    @Test
    void the_first_choice_and_the_next_by_architecture() {
        assertThat(shelf.loader(ClientArch.EFI_X64, 0)).contains("ipxe/snponly.efi");
        assertThat(shelf.loader(ClientArch.EFI_X64, 1)).contains("ipxe/ipxe.efi");
        assertThat(shelf.loader(ClientArch.EFI_X64, 2)).isEmpty();
        assertThat(shelf.loader(ClientArch.BIOS, 0)).isEmpty();
    }

    @Test
    void an_admins_own_comes_before_the_packages() throws IOException {
        Files.writeString(own.resolve("snponly.efi"), "newer");
        assertThat(shelf.file("ipxe/snponly.efi")).contains(own.resolve("snponly.efi"));
        assertThat(shelf.survey())
                .filteredOn(found -> found.name().equals("ipxe/snponly.efi"))
                .singleElement()
                .extracting(LoaderShelf.Found::version)
                .isEqualTo("your own");
    }

    @Test
    void names_that_are_not_on_the_list_are_nothing() {
        assertThat(shelf.file("../../../etc/passwd")).isEmpty();
        assertThat(shelf.file("snponly.efi")).isEmpty();
    }

    @Test
    void what_is_missing_is_said_with_the_command_that_brings_it() throws IOException {
        assertThat(shelf.survey())
                .filteredOn(found -> found.name().equals("ipxe/undionly.kpxe"))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.file()).isEmpty();
                    assertThat(found.remedy()).contains("apt-get install ipxe");
                });
        assertThat(shelf.survey())
                .filteredOn(found -> found.name().equals("ipxe/ipxe.efi"))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.version()).isEqualTo("ipxe 1.0.0+git-1");
                    assertThat(found.sha256()).hasSize(64);
                    assertThat(found.remedy()).isEmpty();
                });
    }
}
