package org.ekicho.mirror.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ekicho.mirror.metadata.GoldenMetadata.in;
import static org.ekicho.mirror.metadata.GoldenMetadata.open;
import static org.ekicho.mirror.metadata.GoldenMetadata.refusal;
import static org.ekicho.mirror.metadata.GoldenMetadata.value;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.hash.Checksum;
import org.ekicho.mirror.hash.HashType;
import org.ekicho.mirror.rpm.Changelog;
import org.ekicho.mirror.rpm.PackageFile;
import org.junit.jupiter.api.Test;

class MetadataReadersTest {
    @Test
    void reads_file_lists_of_the_packages_that_are_wanted() throws IOException {
        Map<String, List<PackageFile>> byName = new HashMap<>();
        String alpha = GoldenMetadata.primary().packages().entry(0).pkgid().hex();
        int count = value(FilesReader.read(open("filelists.xml"), (owner, files) -> {
            byName.put(owner.name() + "-" + owner.evr(), files);
        }));
        assertThat(count).isEqualTo(7);
        assertThat(byName).hasSize(7);
        assertThat(byName.get("alpha-1.0-1"))
                .extracting(PackageFile::path)
                .containsExactly("/etc/alpha", "/etc/alpha/conf", "/usr/bin/alpha", "/usr/share/alpha/data");
        List<String> some = new ArrayList<>();
        FilesReader.FilesSink one = new FilesReader.FilesSink() {
            @Override
            public boolean wants(String pkgid) {
                return pkgid.equals(alpha);
            }

            @Override
            public void take(FilesReader.Owner owner, List<PackageFile> files) {
                some.add(owner.pkgid());
            }
        };
        assertThat(value(FilesReader.read(open("filelists.xml"), one))).isEqualTo(7);
        assertThat(some).containsExactly(alpha);
    }

    @Test
    void reads_change_logs() throws IOException {
        List<Changelog> gamma = new ArrayList<>();
        value(ChangelogReader.read(
                open("other.xml"),
                (owner, entries) -> gamma.addAll(owner.name().equals("gamma") ? entries : List.of())));
        assertThat(gamma).hasSize(2);
        assertThat(gamma.get(1).text()).isEqualTo("- First <release> & \"more\"");
        assertThat(gamma.get(1).author()).startsWith("Jöran Tést");
        assertThat(gamma.get(1).time()).isEqualTo(1_767_268_800);
    }

    @Test
    void reads_advisories() throws IOException {
        List<UpdateInfoReader.Advisory> advisories = new ArrayList<>();
        value(UpdateInfoReader.read(open("updateinfo.xml"), advisories::add));
        assertThat(advisories).hasSize(3);
        UpdateInfoReader.Advisory first = advisories.getFirst();
        assertThat(first.id()).isEqualTo("EK-2026:0001");
        assertThat(first.title()).isEqualTo("alpha & beta");
        assertThat(first.cves()).containsExactly("CVE-2026-1");
        assertThat(first.packages())
                .extracting(UpdateInfoReader.AdvisoryPackage::nevraWithEpoch)
                .containsExactly("alpha-0:1.10-1.noarch", "beta-1:2.0~rc1-3.x86_64");
        assertThat(advisories.get(1).packages().getFirst().nevraWithEpoch()).isEqualTo("gamma-0:3-1.noarch");
    }

    @Test
    void reads_groups_past_their_document_type() throws IOException {
        Comps comps = value(CompsReader.read(open("comps.xml")));
        Comps.Group core = comps.group("core").orElseThrow();
        assertThat(core.name()).isEqualTo("Core");
        assertThat(core.members())
                .extracting(Comps.Member::kind)
                .containsExactly("mandatory", "default", "optional", "conditional");
        assertThat(comps.environment("Minimal").orElseThrow().groups()).containsExactly("core");
        assertThat(comps.environment("minimal").orElseThrow().optional()).containsExactly("extra");
    }

    @Test
    void refuses_groups_that_declare_entities() throws IOException {
        String bomb = "<!DOCTYPE comps [<!ENTITY a \"aaaa\">]><comps><group><id>&a;</id></group></comps>";
        assertThat(refusal(CompsReader.read(in(bomb))).reason()).isEqualTo(MirrorReason.FORBIDDEN_XML);
        String external = "<!DOCTYPE comps SYSTEM \"file:///etc/passwd\"><comps><group><id>&a;</id></group></comps>";
        assertThat(refusal(CompsReader.read(in(external))).reason()).isEqualTo(MirrorReason.FORBIDDEN_XML);
    }

    @Test
    void reads_an_install_tree_and_tells_what_leaves_it() throws IOException {
        TreeInfo tree = value(TreeInfoReader.read(open("treeinfo-1.2.ini")));
        assertThat(tree.family()).isEqualTo("Ekicho Test");
        assertThat(tree.version()).isEqualTo("9.1");
        assertThat(tree.arch()).isEqualTo("x86_64");
        assertThat(tree.files())
                .filteredOn(f -> f.origin() == TreeInfo.Origin.NAMED)
                .extracting(f -> f.path().text())
                .containsExactly(
                        "images/boot.iso",
                        "images/efiboot.img",
                        "images/install.img",
                        "images/pxeboot/initrd.img",
                        "images/pxeboot/vmlinuz");
        assertThat(tree.files())
                .filteredOn(f -> f.path().text().equals("images/efiboot.img"))
                .allMatch(f -> f.checksum().isEmpty());
        assertThat(tree.files())
                .filteredOn(f -> f.origin() == TreeInfo.Origin.CUSTOMARY)
                .extracting(f -> f.path().text())
                .contains("EFI/BOOT/grubx64.efi", "LICENSE", "media.repo", "isolinux/isolinux.bin")
                .doesNotContain("EFI/BOOT/grubaa64.efi");
        assertThat(tree.rejected())
                .extracting(line -> line.refusal().reason())
                .containsExactly(MirrorReason.BAD_LOCATION, MirrorReason.MALFORMED);
        assertThat(tree.variants()).extracting(TreeInfo.Variant::id).containsExactly("AppStream", "BaseOS");
        assertThat(tree.variants()).extracting(TreeInfo.Variant::isElsewhere).containsExactly(true, false);
    }

    @Test
    void reads_an_install_tree_of_2007() throws IOException {
        TreeInfo tree = value(TreeInfoReader.read(open("treeinfo-2007.ini")));
        assertThat(tree.family()).isEqualTo("CentOS");
        assertThat(tree.arch()).isEqualTo("i386");
        assertThat(tree.files())
                .filteredOn(f -> f.origin() == TreeInfo.Origin.NAMED)
                .extracting(f -> f.path().text())
                .contains("images/xen/vmlinuz", "images/boot.iso");
        assertThat(refusal(TreeInfoReader.read(in("<!DOCTYPE html>\n<html>"))).reason())
                .isEqualTo(MirrorReason.NOT_WHAT_IT_SHOULD_BE);
        assertThat(refusal(TreeInfoReader.read(in(""))).reason()).isEqualTo(MirrorReason.NOT_WHAT_IT_SHOULD_BE);
    }

    @Test
    void only_the_line_of_repomd_changes_in_an_install_tree() throws IOException {
        String text = new String(GoldenMetadata.bytes("treeinfo-1.2.ini"), StandardCharsets.UTF_8);
        Checksum sha = new Checksum(HashType.SHA256, "f".repeat(64));
        String changed = TreeInfoText.withRepomd(text, sha);
        assertThat(changed)
                .isEqualTo(text.replaceAll("repodata/repomd.xml = .*", "repodata/repomd.xml = " + sha))
                .isNotEqualTo(text);
        assertThat(TreeInfoText.withRepomd("[general]\nrepodata/repomd.xml = x", sha))
                .isEqualTo("[general]\nrepodata/repomd.xml = x");
    }

    @Test
    void reads_a_metalink_with_its_older_versions() throws IOException {
        Metalink metalink = value(MetalinkReader.read(open("metalink.xml")));
        assertThat(metalink.versions())
                .extracting(Metalink.Version::age)
                .containsExactly(Metalink.Age.CURRENT, Metalink.Age.OLDER);
        assertThat(metalink.versions().getFirst().strongest().type()).isEqualTo(HashType.SHA256);
        assertThat(metalink.versions().getFirst().size()).hasValue(3000);
        assertThat(metalink.resources())
                .extracting(Metalink.Resource::baseUrl)
                .containsExactly("https://two.example.invalid/os/", "http://one.example.invalid/os/");
    }

    @Test
    void reads_a_mirrorlist_and_follows_no_file() throws IOException {
        assertThat(
                        value(
                                MirrorlistReader.read(
                                        in(
                                                "# list\nhttp://a.invalid/os\n\nfile:///etc/\nhttps://b.invalid/os/\nhttp://a.invalid/os/\n/x\n"))))
                .containsExactly("http://a.invalid/os/", "https://b.invalid/os/");
        assertThat(refusal(MirrorlistReader.read(in("<html>no</html>"))).reason())
                .isEqualTo(MirrorReason.NOT_WHAT_IT_SHOULD_BE);
    }
}
