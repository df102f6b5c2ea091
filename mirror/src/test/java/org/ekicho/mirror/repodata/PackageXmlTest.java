package org.ekicho.mirror.repodata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.ekicho.mirror.hash.Checksum;
import org.ekicho.mirror.hash.HashType;
import org.ekicho.mirror.rpm.HeaderRead;
import org.ekicho.mirror.rpm.PackageRead;
import org.ekicho.mirror.rpm.RpmHeaders;
import org.ekicho.mirror.rpm.RpmPackage;
import org.ekicho.mirror.rpm.RpmPackages;
import org.ekicho.mirror.rpm.RpmPackages.FileDigests;
import org.ekicho.mirror.rpm.RpmPackages.Wanted;
import org.junit.jupiter.api.Test;

/// The golden texts are what createrepo_c 0.17.3 wrote of the golden packages.
class PackageXmlTest {
    @Test
    void primary_is_what_createrepo_writes_byte_for_byte() throws Exception {
        assertThat(written(MetadataRoots.PRIMARY, PackageXml::primary)).isEqualTo(golden("primary.xml"));
    }

    @Test
    void filelists_are_what_createrepo_writes_byte_for_byte() throws Exception {
        assertThat(written(MetadataRoots.FILELISTS, PackageXml::filelists)).isEqualTo(golden("filelists.xml"));
    }

    @Test
    void other_is_what_createrepo_writes_byte_for_byte() throws Exception {
        assertThat(written(MetadataRoots.OTHER, PackageXml::other)).isEqualTo(golden("other.xml"));
    }

    @Test
    void filelists_ext_have_the_digests_of_files() throws Exception {
        XmlBuffer out = new XmlBuffer(0);
        PackageXml.filelistsExt(read("hello.bin", "x.rpm", new Wanted(10, FileDigests.READ)), out);
        String sha256 = sha256("loud=yes\n".getBytes(StandardCharsets.UTF_8));
        assertThat(out.toString())
                .contains("  <checksum type=\"sha256\"/>\n")
                .contains("  <file hash=\"" + sha256 + "\">/etc/hello.conf</file>\n")
                .contains("  <file type=\"dir\">/usr/share/hello</file>\n")
                .contains("  <file type=\"ghost\">/var/log/hello&amp;&lt;&gt;</file>\n");
    }

    @Test
    void text_of_every_plane_is_utf8_in_elements_and_numbered_in_attributes() {
        XmlBuffer out = new XmlBuffer(0);
        out.text("a\u00e9\u99c5\ud834\udd1e\r").attribute("a\u00e9\u99c5\ud834\udd1e\t\n\r\"'");
        assertThat(out.toString())
                .isEqualTo("a\u00e9\u99c5\ud834\udd1e&#13;a&#xE9;&#x99C5;&#x1D11E;&#9;&#10;&#13;&quot;'");
        assertThat(out.length()).isEqualTo(out.toBytes().length);
        out.clear();
        assertThat(out.view().remaining()).isZero();
    }

    private static String written(MetadataRoots root, BiConsumer<RpmPackage, XmlBuffer> writer) throws Exception {
        List<RpmPackage> packages =
                List.of(read("hello.bin", "x.rpm", Wanted.USUAL), read("old.bin", "y.rpm", Wanted.USUAL));
        XmlBuffer out = new XmlBuffer(0);
        out.raw(root.header(packages.size()));
        packages.forEach(rpm -> writer.accept(rpm, out));
        return out.raw(root.footer()).toString();
    }

    private static RpmPackage read(String golden, String location, Wanted wanted) throws Exception {
        byte[] file = bytes(golden);
        RpmPackages.Origin origin =
                new RpmPackages.Origin(location, file.length, 7, new Checksum(HashType.SHA256, sha256(file)));
        HeaderRead headers = RpmHeaders.read(ByteBuffer.wrap(file), file.length);
        return Optional.of(RpmPackages.of((HeaderRead.Read) headers, origin, wanted))
                .map(read -> ((PackageRead.Read) read).rpm())
                .orElseThrow();
    }

    private static String golden(String name) throws IOException {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(PackageXmlTest.class.getResourceAsStream("/golden/rpm/" + name))) {
            return in.readAllBytes();
        }
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
