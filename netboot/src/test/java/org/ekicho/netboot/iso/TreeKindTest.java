package org.ekicho.netboot.iso;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ekicho.netboot.answer.AnswerLanguage;
import org.ekicho.netboot.media.install.InstallerEra;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TreeKindTest {
    private static final Set<String> PXEBOOT = Set.of("images/pxeboot/vmlinuz", "images/pxeboot/initrd.img");

    @Test
    void enterprise_linux_9_by_its_treeinfo() {
        TreeKind kind = of(
                Map.of(
                        "release.name", "Rocky Linux",
                        "release.version", "9.4",
                        "tree.arch", "x86_64",
                        "images-x86_64.kernel", "images/pxeboot/vmlinuz",
                        "images-x86_64.initrd", "images/pxeboot/initrd.img",
                        "stage2.mainimage", "images/install.img"),
                PXEBOOT);
        assertThat(kind)
                .isEqualTo(new TreeKind(
                        "Rocky Linux",
                        "9.4",
                        "x86_64",
                        "images/pxeboot/vmlinuz",
                        "images/pxeboot/initrd.img",
                        Optional.of("images/install.img"),
                        AnswerLanguage.KICKSTART,
                        InstallerEra.ANACONDA_7,
                        Optional.empty()));
        assertThat(kind.words()).isEqualTo("Rocky Linux 9.4 x86_64");
    }

    @ParameterizedTest
    @CsvSource({
        "CentOS, 5.11, ANACONDA_5", "CentOS, 6.10, ANACONDA_6", "CentOS Linux, 7, ANACONDA_7",
        "Red Hat Enterprise Linux, 10.0, ANACONDA_7", "Fedora, 8, ANACONDA_5", "Fedora, 16, ANACONDA_6",
        "Fedora, 42, ANACONDA_7", "Fedora, rawhide, ANACONDA_7"
    })
    void the_era_follows_from_name_and_version(String name, String version, InstallerEra era) {
        assertThat(of(Map.of("general.family", name, "general.version", version, "general.arch", "x86_64"), PXEBOOT)
                        .era())
                .isEqualTo(era);
    }

    @Test
    void enterprise_linux_4_by_its_discinfo() {
        TreeKind kind = TreeKind.of(new TreeSigns(
                        Map.of(),
                        List.of("1140134466.0", "CentOS 4.4", "i386", "1,2,3,4"),
                        Optional.empty(),
                        Optional.empty(),
                        PXEBOOT::contains))
                .orElseThrow();
        assertThat(kind.words()).isEqualTo("CentOS 4.4 i386");
        assertThat(kind.era()).isEqualTo(InstallerEra.ANACONDA_5);
    }

    @Test
    void a_debian_disc_is_known_as_one_that_cannot_install_by_network() {
        TreeKind kind = disc(
                "Debian GNU/Linux 12.5.0 \"Bookworm\" - Official amd64 DVD Binary-1 with firmware 20240210-11:28",
                "install.amd/vmlinuz",
                "install.amd/initrd.gz");
        assertThat(kind.words()).isEqualTo("Debian GNU/Linux 12.5.0 amd64");
        assertThat(kind.initrd()).isEqualTo("install.amd/initrd.gz");
        assertThat(kind.caution()).hasValueSatisfying(text -> assertThat(text).contains("from the disc only"));
    }

    @Test
    void debians_netboot_folders() {
        TreeKind kind = of(Map.of(), Set.of("debian-installer/amd64/linux", "debian-installer/amd64/initrd.gz"));
        assertThat(kind.kernel()).isEqualTo("debian-installer/amd64/linux");
        assertThat(kind.arch()).isEqualTo("amd64");
        assertThat(kind.answers()).isEqualTo(AnswerLanguage.PRESEED);
        assertThat(kind.caution()).isEmpty();
    }

    @Test
    void ubuntus_live_server() {
        TreeKind kind = disc(
                "Ubuntu-Server 22.04.4 LTS \"Jammy Jellyfish\" - Release amd64 (20240216.1)",
                "casper/vmlinuz",
                "casper/initrd");
        assertThat(kind.words()).isEqualTo("Ubuntu-Server 22.04.4 amd64");
        assertThat(kind.answers()).isEqualTo(AnswerLanguage.AUTOINSTALL);
        assertThat(kind.caution()).isPresent();
    }

    @Test
    void suse_by_its_products_even_where_it_has_a_treeinfo() {
        Set<String> there = Set.of("boot/x86_64/loader/linux", "boot/x86_64/loader/initrd", "boot/x86_64/root");
        TreeKind kind = TreeKind.of(new TreeSigns(
                        Map.of("release.name", "openSUSE Leap", "release.version", "15.5", "tree.arch", "x86_64"),
                        List.of(),
                        Optional.empty(),
                        Optional.of("/ openSUSE-Leap 15.5-1\n"),
                        there::contains))
                .orElseThrow();
        assertThat(kind.words()).isEqualTo("openSUSE-Leap 15.5 x86_64");
        assertThat(kind.era()).isEqualTo(InstallerEra.SUSE);
        assertThat(kind.stage2()).contains("boot/x86_64/root");
    }

    @Test
    void a_tree_without_its_kernel_says_so_and_a_path_that_leads_out_is_none() {
        assertThat(of(Map.of("release.name", "X", "release.version", "9", "tree.arch", "x86_64"), Set.of())
                        .caution())
                .contains("its images/pxeboot/vmlinuz is not there");
        assertThat(TreeKind.of(new TreeSigns(
                        Map.of(
                                "release.name", "X",
                                "release.version", "9",
                                "tree.arch", "x86_64",
                                "images-x86_64.kernel", "../../etc/shadow"),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Set.of("../../etc/shadow", "images/pxeboot/initrd.img")::contains)))
                .isEmpty();
    }

    @Test
    void a_folder_of_anything_else_is_not_recognised() {
        assertThat(TreeKind.of(new TreeSigns(
                        Map.of(), List.of(), Optional.of("holiday photos"), Optional.empty(), path -> false)))
                .isEmpty();
    }

    private static TreeKind of(Map<String, String> treeInfo, Set<String> there) {
        return TreeKind.of(new TreeSigns(treeInfo, List.of(), Optional.empty(), Optional.empty(), there::contains))
                .orElseThrow();
    }

    private static TreeKind disc(String info, String... there) {
        return TreeKind.of(new TreeSigns(
                        Map.of(), List.of(), Optional.of(info), Optional.empty(), Set.of(there)::contains))
                .orElseThrow();
    }
}
