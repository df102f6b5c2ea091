package org.ekicho.mirror.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ekicho.mirror.metadata.GoldenMetadata.in;
import static org.ekicho.mirror.metadata.GoldenMetadata.open;
import static org.ekicho.mirror.metadata.GoldenMetadata.refusal;
import static org.ekicho.mirror.metadata.GoldenMetadata.value;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.metadata.FilesReader;
import org.ekicho.mirror.metadata.GoldenMetadata;
import org.ekicho.mirror.metadata.ModuleDocument;
import org.ekicho.mirror.metadata.ModulesReader;
import org.ekicho.mirror.metadata.PackageTable;
import org.ekicho.mirror.metadata.PrimaryReader;
import org.ekicho.mirror.metadata.UpdateInfoReader;
import org.ekicho.mirror.repodata.MetadataRoots;
import org.ekicho.mirror.rpm.RpmPackage;
import org.junit.jupiter.api.Test;

class MetadataFiltersTest {
    @Test
    void primary_keeps_chosen_packages_as_they_were() throws IOException {
        KeptPackages kept = kept("alpha-1.10-1.noarch", "beta-1:2.0~rc1-3.x86_64");
        byte[] filtered = copy(MetadataRoots.PRIMARY, "primary.xml", kept);
        PrimaryReader.Primary primary = value(PrimaryReader.readTable(new ByteArrayInputStream(filtered)));
        assertThat(primary.announced()).hasValue(2);
        List<RpmPackage> before = packages(GoldenMetadata.bytes("primary.xml"));
        before.removeIf(
                rpm -> !rpm.nevra().startsWith("alpha-1.10") && !rpm.name().equals("beta"));
        assertThat(packages(filtered)).hasSize(2).isEqualTo(before);
    }

    @Test
    void all_packages_make_the_same_document() throws IOException {
        PackageTable table = GoldenMetadata.primary().packages();
        BitSet all = new BitSet();
        all.set(0, table.size());
        KeptPackages kept = KeptPackages.of(table, all);
        for (MetadataRoots root : List.of(MetadataRoots.PRIMARY, MetadataRoots.FILELISTS, MetadataRoots.OTHER)) {
            String name = root.type() + ".xml";
            String before = new String(GoldenMetadata.bytes(name), StandardCharsets.UTF_8);
            assertThat(plain(new String(copy(root, name, kept), StandardCharsets.UTF_8)))
                    .as(name)
                    .isEqualTo(plain(before));
        }
    }

    /// Spellings that mean the same: empty elements, the quotation mark, and letters by number.
    private static String plain(String xml) {
        return xml.replaceAll("<([^ <>/]+)([^<>]*)/>", "<$1$2></$1>")
                .replace("&quot;", "\"")
                .replace("&#xF6;", "ö")
                .replace("&#xE9;", "é")
                .strip();
    }

    @Test
    void file_lists_and_change_logs_follow() throws IOException {
        KeptPackages kept = kept("gamma-3-1.noarch");
        byte[] filtered = copy(MetadataRoots.FILELISTS, "filelists.xml", kept);
        List<String> names = new ArrayList<>();
        value(FilesReader.read(new ByteArrayInputStream(filtered), (owner, files) -> names.add(owner.name())));
        assertThat(names).containsExactly("gamma");
        assertThat(new String(copy(MetadataRoots.OTHER, "other.xml", kept), StandardCharsets.UTF_8))
                .contains("packages=\"1\"")
                .containsOnlyOnce("<package ");
    }

    @Test
    void unknown_elements_are_carried_along() throws IOException {
        String text = new String(GoldenMetadata.bytes("primary.xml"), StandardCharsets.UTF_8)
                .replace(
                        "<format>",
                        "<x:new xmlns:x=\"urn:x\" x:a='\"&amp;'><x:b>&lt;</x:b><![CDATA[<c>]]></x:new><format>");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        value(PackageListFilter.copy(MetadataRoots.PRIMARY, in(text), out, kept("gamma-3-1.noarch")));
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("<x:new xmlns:x=\"urn:x\" x:a=\"&quot;&amp;\"><x:b>&lt;</x:b>&lt;c&gt;</x:new>");
    }

    @Test
    void file_lists_of_another_primary_are_refused() throws IOException {
        String other = "<filelists xmlns=\"http://linux.duke.edu/metadata/filelists\" packages=\"0\"></filelists>";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(refusal(PackageListFilter.copy(MetadataRoots.FILELISTS, in(other), out, kept("gamma-3-1.noarch")))
                        .reason())
                .isEqualTo(MirrorReason.MALFORMED);
    }

    @Test
    void advisories_lose_packages_and_vanish_when_none_is_left() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int written = value(UpdateInfoFilter.copy(open("updateinfo.xml"), out, kept("alpha-1.10-1.noarch")));
        assertThat(written).isEqualTo(2);
        List<UpdateInfoReader.Advisory> advisories = new ArrayList<>();
        value(UpdateInfoReader.read(new ByteArrayInputStream(out.toByteArray()), advisories::add));
        assertThat(advisories)
                .extracting(UpdateInfoReader.Advisory::id)
                .containsExactly("EK-2026:0001", "EK-2026:0003");
        assertThat(advisories.getFirst().packages())
                .extracting(UpdateInfoReader.AdvisoryPackage::name)
                .containsExactly("alpha");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("<reboot_suggested>True</reboot_suggested>")
                .contains("<module name=\"m\" stream=\"1\" version=\"2\" context=\"c\" arch=\"x86_64\"");
    }

    @Test
    void a_letter_that_xml_does_not_allow_is_refused_not_copied() throws IOException {
        byte[] bytes = GoldenMetadata.bytes("updateinfo.xml");
        String text = new String(bytes, StandardCharsets.ISO_8859_1).replaceFirst("<title>", "<title>\u00c0\u009a");
        assertThat(refusal(UpdateInfoFilter.copy(
                                new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)),
                                new ByteArrayOutputStream(),
                                kept("alpha-1.10-1.noarch")))
                        .detail())
                .contains("U+001A");
    }

    @Test
    void a_namespace_declared_twice_is_refused_not_copied() throws IOException {
        String twice = "<metadata xmlns=\"http://linux.duke.edu/metadata/common\" xmlns:=\"1\"/>";
        assertThat(refusal(PackageListFilter.copy(
                                MetadataRoots.PRIMARY, in(twice), new ByteArrayOutputStream(), kept()))
                        .detail())
                .contains("declared twice");
    }

    @Test
    void modules_stay_or_go_as_whole_documents() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int written = value(ModulesFilter.copy(open("modules.yaml"), out, Set.of("five:5:8010:1a2b3c4d:noarch")));
        assertThat(written).isEqualTo(2);
        List<ModuleDocument> documents = new ArrayList<>();
        value(ModulesReader.read(new ByteArrayInputStream(out.toByteArray()), documents::add));
        assertThat(documents)
                .extracting(ModuleDocument::kind)
                .containsExactly(ModuleDocument.Kind.MODULE, ModuleDocument.Kind.DEFAULTS);
        assertThat(documents.getFirst().text())
                .isEqualTo(GoldenMetadata.modules().getFirst().text());
    }

    private static byte[] copy(MetadataRoots root, String name, KeptPackages kept) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(value(PackageListFilter.copy(root, open(name), out, kept))).isEqualTo(kept.count());
        return out.toByteArray();
    }

    private static List<RpmPackage> packages(byte[] primary) throws IOException {
        List<RpmPackage> packages = new ArrayList<>();
        value(PrimaryReader.read(new ByteArrayInputStream(primary), (ordinal, rpm) -> packages.add(rpm)));
        return packages;
    }

    private static KeptPackages kept(String... nevras) throws IOException {
        PackageTable table = GoldenMetadata.primary().packages();
        BitSet indexes = new BitSet();
        for (int i = 0; i < table.size(); i++) {
            indexes.set(i, List.of(nevras).contains(table.entry(i).nevra()));
        }
        return KeptPackages.of(table, indexes);
    }
}
