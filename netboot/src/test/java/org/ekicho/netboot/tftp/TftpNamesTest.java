package org.ekicho.netboot.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TftpNamesTest {
    private static final BootIndex INDEX = new BootIndex(List.of(
            new BootFile("ipxe/snponly.efi", 1, ""),
            new BootFile("EFI/BOOT/grubx64.efi", 1, ""),
            new BootFile("pxelinux.0", 1, "")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ipxe/snponly.efi",
                "/ipxe/snponly.efi",
                "//ipxe//snponly.efi",
                "./ipxe/./snponly.efi",
                "\\ipxe\\snponly.efi",
                "C:\\ipxe\\snponly.efi",
                "ipxe/snponly.efi\u00ff",
                "ipxe/snponly.efi\u00ff\u00ff\u0001",
                "ipxe/snponly.efi \r\n",
                "ipxe/snponly.efi\u00ffjunk",
                "IPXE/SNPONLY.EFI",
                "\\IPXE\\SnpOnly.efi\u00ff"
            })
    void finds_what_a_boot_rom_means(String raw) {
        assertThat(TftpNames.find(raw, INDEX))
                .isInstanceOfSatisfying(
                        TftpNames.Lookup.Found.class,
                        found -> assertThat(found.file().name()).isEqualTo("ipxe/snponly.efi"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../pxelinux.0", "ipxe/../pxelinux.0", "/etc/passwd", "..\\pxelinux.0", "", "/", "."})
    void never_leads_out_of_the_index(String raw) {
        assertThat(TftpNames.find(raw, INDEX)).isInstanceOf(TftpNames.Lookup.Missing.class);
    }

    @ParameterizedTest
    @CsvSource({
        "ipxe/snpnoly.efi, ipxe/snponly.efi",
        "snponly.efi, ipxe/snponly.efi",
        "boot/grubx64.efi, EFI/BOOT/grubx64.efi",
        "pxelinux.1, pxelinux.0"
    })
    void names_the_nearest(String asked, String nearest) {
        assertThat(TftpNames.find(asked, INDEX))
                .isInstanceOfSatisfying(
                        TftpNames.Lookup.Missing.class,
                        missing -> assertThat(missing.nearest()).contains(nearest));
    }

    @Test
    void names_none_when_nothing_is_near() {
        assertThat(TftpNames.find("vmlinuz", INDEX))
                .isEqualTo(new TftpNames.Lookup.Missing("vmlinuz", Optional.empty(), TftpMiss.NEEDED));
    }

    @ParameterizedTest
    @CsvSource({
        "/pxelinux.cfg/01-52-54-00-77-00-01, PXELINUX_CONFIG",
        "pxelinux.cfg/default, PXELINUX_CONFIG",
        "boot/pxelinux.cfg/0A4D03, PXELINUX_CONFIG",
        "ldlinux.c32, NEEDED",
        "/grub/grub.cfg-01-52-54-00-77-00-01, GRUB_CONFIG",
        "grub/grub.cfg, NEEDED",
        "/grub/x86_64-efi/command.lst, GRUB_LIST",
        "grub/x86_64-efi/http.mod, NEEDED",
        "/grub/fonts/unicode.pf2, GRUB_EXTRA",
        "/EFI//revocations_sku.efi, SHIM_EXTRA",
        "shim_certificate_0.efi, SHIM_EXTRA",
        "ipxe/autoexec.ipxe, IPXE_SCRIPT",
        "d4a1b2c3/start4.elf, RASPBERRY_PI",
        "snponly.efi, NEEDED"
    })
    void tells_a_search_from_a_need(String asked, TftpMiss miss) {
        assertThat(TftpMiss.of(TftpNames.plain(asked))).isEqualTo(miss);
        assertThat(miss.isExpected()).isEqualTo(miss != TftpMiss.NEEDED);
    }

    @Test
    void an_index_takes_only_names_that_can_be_asked_for() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BootIndex(List.of(new BootFile("/a", 1, ""))))
                .withMessageContaining("write a");
        BootFile file = new BootFile("a", 1, "");
        assertThatIllegalArgumentException().isThrownBy(() -> new BootIndex(List.of(file, file)));
    }
}
