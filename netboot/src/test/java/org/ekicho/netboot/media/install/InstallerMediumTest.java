package org.ekicho.netboot.media.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ekicho.netboot.client.ClientArch;
import org.ekicho.netboot.media.Images;
import org.ekicho.netboot.media.MediaFile;
import org.ekicho.netboot.media.MediaPlan;
import org.junit.jupiter.api.Test;

class InstallerMediumTest {
    private static final KernelLine LINE =
            new KernelLine().put("ds", "nocloud-net;s=http://a/").put("netcfg/get_nameservers", "1.1.1.1 2.2.2.2");
    private static final BootMenu.Choice CHOICE =
            new BootMenu.Choice("ubuntu", "Ubuntu's 22.04", "boot/vmlinuz", List.of("boot/initrd", "boot/more"), LINE);
    private static final BootMenu MENU =
            new BootMenu("Site one", List.of(CHOICE), BootMenu.LOCAL, Duration.ofSeconds(20), Optional.of(115_200));

    @Test
    void isolinux_gets_one_label_for_each_choice() {
        assertThat(MENU.isolinux()).isEqualTo("""
                        # Written by Ekicho.
                        serial 0 115200
                        display boot.msg
                        prompt 1
                        timeout 200
                        default local

                        label ubuntu
                          kernel /boot/vmlinuz
                          initrd /boot/initrd,/boot/more
                          append ds=nocloud-net;s=http://a/ netcfg/get_nameservers="1.1.1.1 2.2.2.2"

                        label local
                          localboot -1
                        """);
        assertThat(MENU.message())
                .contains("  ubuntu           Ubuntu's 22.04\n")
                .contains("local starts in 20 s");
    }

    @Test
    void grub_gets_quoted_what_it_would_take_as_its_own() {
        assertThat(MENU.grub("ekicho/1.id")).isEqualTo("""
                        # Written by Ekicho.
                        serial --unit=0 --speed=115200
                        terminal_input serial console
                        terminal_output serial console
                        search --no-floppy --set=root --file /ekicho/1.id
                        set timeout=20
                        set default=local

                        menuentry 'Ubuntu'\\''s 22.04' --id ubuntu {
                          linux /boot/vmlinuz 'ds=nocloud-net;s=http://a/' 'netcfg/get_nameservers=1.1.1.1 2.2.2.2'
                          initrd /boot/initrd /boot/more
                        }

                        menuentry 'Own disk of this machine' --id local {
                          exit
                        }
                        """);
    }

    @Test
    void grub_finds_its_file_wherever_its_builder_has_it_look() throws IOException {
        MediaFile file = MediaFile.of("any", "x".repeat(3_000));
        MediaPlan plan = new InstallerMedium(
                        MENU,
                        List.of(file.at("boot/vmlinuz"), file.at("boot/initrd"), file.at("boot/more")),
                        Optional.of(new BiosPrograms(file, file, MediaFile.of("mbr", "x"))),
                        List.of(new EfiPrograms(ClientArch.EFI_X64, Optional.of(file), file, Optional.of(file))))
                .plan(Images.MADE);
        assertThat(plan.uefi())
                .extracting(MediaFile::path)
                .contains("EFI/BOOT/BOOTX64.EFI", "EFI/BOOT/grubx64.efi", "EFI/BOOT/mmx64.efi", "EFI/BOOT/grub.cfg")
                .contains("EFI/debian/grub.cfg");
        assertThat(plan.files())
                .extracting(MediaFile::path)
                .contains("boot/grub/grub.cfg", ".disk/info", "EFI/BOOT/grub.cfg", "isolinux/isolinux.cfg");
        byte[] grub = plan.uefi().stream()
                .filter(each -> each.path().endsWith("BOOT/grub.cfg"))
                .findFirst()
                .orElseThrow()
                .read(10_000);
        String marker = new String(grub, StandardCharsets.US_ASCII).replaceAll("(?s).*--file /(\\S+).*", "$1");
        assertThat(plan.files()).extracting(MediaFile::path).contains(marker);
        assertThat(Images.bytes(plan)).isNotEmpty();
    }

    @Test
    void without_shim_grub_is_what_firmware_starts() {
        MediaFile file = MediaFile.of("any", "x");
        assertThat(new EfiPrograms(ClientArch.EFI_ARM64, Optional.empty(), file, Optional.empty()).placed())
                .extracting(MediaFile::path)
                .containsExactly("EFI/BOOT/BOOTAA64.EFI");
    }

    @Test
    void a_choice_whose_kernel_is_not_on_the_medium_is_an_error() {
        assertThatThrownBy(() -> new InstallerMedium(MENU, List.of(), Optional.empty(), List.of()))
                .hasMessageContaining("the choice ubuntu wants boot/initrd, which is not among the medium's files");
    }

    @Test
    void a_menu_is_refused_that_would_be_read_otherwise_than_it_was_meant() {
        assertThatThrownBy(() -> new BootMenu.Choice("a b", "t", "k", List.of(), LINE))
                .hasMessageContaining("a b");
        assertThatThrownBy(() -> new BootMenu.Choice("a", "t\nappend x", "k", List.of(), LINE))
                .hasMessageContaining("printable ASCII");
        assertThatThrownBy(() -> new BootMenu("t", List.of(), "gone", Duration.ZERO, Optional.empty()))
                .hasMessage("there is no choice called gone");
    }
}
