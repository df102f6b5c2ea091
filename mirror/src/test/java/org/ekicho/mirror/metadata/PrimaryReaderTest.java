package org.ekicho.mirror.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ekicho.mirror.metadata.GoldenMetadata.in;
import static org.ekicho.mirror.metadata.GoldenMetadata.refusal;
import static org.ekicho.mirror.metadata.GoldenMetadata.value;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.rpm.Dependency;
import org.ekicho.mirror.rpm.PackageFile;
import org.ekicho.mirror.rpm.RpmPackage;
import org.ekicho.mirror.xml.Endless;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrimaryReaderTest {
    private static final String SHA = "0123456789abcdef".repeat(4);
    private static final String GOOD = """
            <package type="rpm"><name>a</name><arch>noarch</arch><version epoch="0" ver="1" rel="2"/>\
            <checksum type="sha256" pkgid="YES">%s</checksum><size package="10" installed="20" archive="30"/>\
            <time file="5" build="6"/><location href="a-1-2.noarch.rpm"/><format/></package>""".formatted(SHA);

    @Test
    void reads_what_createrepo_writes() throws IOException {
        PrimaryReader.Primary primary = GoldenMetadata.primary();
        assertThat(primary.announced()).hasValue(7);
        assertThat(primary.rejected()).isEmpty();
        List<String> nevras = new ArrayList<>();
        primary.packages().forEach(entry -> nevras.add(entry.nevra()));
        assertThat(nevras)
                .containsExactlyInAnyOrder(
                        "alpha-1.0-1.noarch",
                        "alpha-1.10-1.noarch",
                        "beta-1:2.0~rc1-3.x86_64",
                        "delta-4^git1-1.noarch",
                        "epsilon-5-1.module.noarch",
                        "epsilon-6-1.module.noarch",
                        "gamma-3-1.noarch");
        PackageEntry alpha = primary.packages().entry(0);
        assertThat(alpha.ordinal()).isZero();
        assertThat(alpha.path().text()).isEqualTo("noarch/alpha-1.0-1.noarch.rpm");
        assertThat(alpha.sizes()).isEqualTo(new RpmPackage.Sizes(6744, 6, 520));
        assertThat(alpha.times().file()).isEqualTo(1_767_225_600);
        assertThat(alpha.header()).isEqualTo(new RpmPackage.HeaderRange(4504, 6605));
        assertThat(alpha.sourceRpm()).isEqualTo("alpha-1.0-1.src.rpm");
        assertThat(alpha.pkgid().hex()).startsWith("542abeb1f2d58647");
    }

    @Test
    void reads_dependencies_and_files_when_asked() throws IOException {
        List<RpmPackage> packages = new ArrayList<>();
        value(PrimaryReader.read(GoldenMetadata.open("primary.xml"), (ordinal, rpm) -> packages.add(rpm)));
        RpmPackage alpha = packages.getFirst();
        assertThat(alpha.texts().description()).isEqualTo("The first & <more>.");
        assertThat(alpha.of(Dependency.Kind.REQUIRES))
                .extracting(Dependency::name)
                .containsExactly("(gamma or delta)", "/usr/share/delta/data", "beta");
        assertThat(alpha.of(Dependency.Kind.REQUIRES).get(2).range())
                .contains(new Dependency.Range(Dependency.Sense.GE, "1", "1.0", ""));
        assertThat(alpha.files())
                .extracting(PackageFile::kind)
                .containsExactly(PackageFile.Kind.DIR, PackageFile.Kind.GHOST, PackageFile.Kind.FILE);
        RpmPackage gamma = packages.stream()
                .filter(p -> p.name().equals("gamma"))
                .findFirst()
                .orElseThrow();
        assertThat(gamma.of(Dependency.Kind.REQUIRES))
                .anySatisfy(d -> assertThat(d).isEqualTo(new Dependency("/usr/bin/beta", Optional.empty(), true)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a-1-2.noarch.rpm       | ../a.rpm                | BAD_LOCATION
                    a-1-2.noarch.rpm       | http://evil/a.rpm       | BAD_LOCATION
                    a-1-2.noarch.rpm       | repodata/repomd.xml     | BAD_LOCATION
                    package="10"           | package="-1"            | MALFORMED
                    package="10"           | package="4611686018427387904" | MALFORMED
                    package="10"           | package="99999999999999999999" | MALFORMED
                    package="10"           | package="ten"           | MALFORMED
                    "sha256"               | "crc32"                 | MALFORMED
                    >0123                  | >123                    | MALFORMED
                    <name>a</name>         | <name/>                 | MALFORMED
                    <arch>noarch</arch>    | <x/>                    | MALFORMED
                    epoch="0"              | epoch="x"               | MALFORMED
                    epoch="0"              | epoch="-1"              | MALFORMED
                    type="rpm"             | type="deb"              | MALFORMED
                    <format/> | <format><rpm:header-range xmlns:rpm="r" start="9" end="8"/></format> | MALFORMED
                    """)
    void rejects_a_bad_package_and_reads_on(String what, String with, MirrorReason reason) throws IOException {
        String bad = GOOD.replace(what, with);
        assertThat(bad).isNotEqualTo(GOOD);
        PrimaryReader.Primary primary = value(PrimaryReader.readTable(document(bad + GOOD)));
        assertThat(primary.rejected()).hasSize(1);
        assertThat(primary.rejected().getFirst().refusal().reason()).isEqualTo(reason);
        assertThat(primary.rejected().getFirst().ordinal()).isZero();
        assertThat(primary.packages().size()).isOne();
        assertThat(primary.packages().entry(0).ordinal()).isOne();
    }

    @Test
    void keeps_an_address_of_its_own_for_the_planner_to_judge() throws IOException {
        String based = GOOD.replace("<location ", "<location xml:base=\"http://elsewhere/\" ");
        PrimaryReader.Primary primary = value(PrimaryReader.readTable(document(based)));
        assertThat(primary.packages().entry(0).base()).contains("http://elsewhere/");
    }

    @Test
    void refuses_what_is_no_primary() throws IOException {
        assertThat(refusal(PrimaryReader.readTable(in("<html/>"))).reason())
                .isEqualTo(MirrorReason.NOT_WHAT_IT_SHOULD_BE);
        assertThat(refusal(PrimaryReader.readTable(in("<metadata>" + GOOD))).reason())
                .isEqualTo(MirrorReason.MALFORMED);
        assertThat(refusal(PrimaryReader.readTable(in("<!DOCTYPE x><metadata/>")))
                        .reason())
                .isEqualTo(MirrorReason.FORBIDDEN_XML);
        assertThat(refusal(PrimaryReader.readTable(in("<metadata>&lol;</metadata>")))
                        .reason())
                .isEqualTo(MirrorReason.FORBIDDEN_XML);
    }

    @ParameterizedTest
    @CsvSource({
        "<metadata><package type=\", a",
        "<metadata><package><name>, a",
        "<metadata><package><description>, <![CDATA[a<b]]>",
        "<metadata><!--, a",
        "<metadata>, <a>",
        "<metadata><package><format>, <a>"
    })
    void refuses_the_endless_long_before_the_heap_is_full(String start, String repeated) throws IOException {
        Endless endless = new Endless(start, repeated);
        assertThat(refusal(PrimaryReader.read(endless, (ordinal, rpm) -> {})).reason())
                .isEqualTo(MirrorReason.TOO_LARGE);
        assertThat(endless.taken()).isLessThan(64L << 20);
    }

    @Test
    void refuses_a_list_of_bad_packages_only() throws IOException {
        Endless endless = new Endless("<metadata>", "<package/>");
        assertThat(refusal(PrimaryReader.readTable(endless)).detail()).contains("10000 bad packages");
    }

    private static InputStream document(String packages) {
        return in("<metadata packages=\"2\">" + packages + "</metadata>");
    }
}
