package org.ekicho.lab.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ekicho.mirror.rpm.RpmPackages.Wanted.USUAL;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.ekicho.mirror.hash.Checksum;
import org.ekicho.mirror.hash.HashType;
import org.ekicho.mirror.repodata.MetadataRoots;
import org.ekicho.mirror.repodata.PackageXml;
import org.ekicho.mirror.repodata.XmlBuffer;
import org.ekicho.mirror.rpm.HeaderRead;
import org.ekicho.mirror.rpm.PackageRead;
import org.ekicho.mirror.rpm.RpmHeaders;
import org.ekicho.mirror.rpm.RpmPackage;
import org.ekicho.mirror.rpm.RpmPackages;
import org.ekicho.mirror.rpmbuild.RpmBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What our index says of odd packages is what createrepo_c says, field by field, but for the differences listed here.
@NeedsPrograms({"createrepo_c", "rpmbuild"})
class IndexPeerTest {
    /// Scripts before and after a transaction need what they require before it, too: createrepo_c says so since 1.1.1.
    private static final List<String> WANTED = List.of(
            "scripts-1.0-1.noarch package/format#1/rpm:requires#1/rpm:entry#2@pre: ours \"1\", theirs \"absent\"",
            "scripts-1.0-1.noarch package/format#1/rpm:requires#1/rpm:entry#4@pre: ours \"1\", theirs \"absent\"");

    private static final RpmBuilder CONTROL =
            RpmBuilder.of("control", "1.0", "1").summary("a bell: \u0001");

    @TempDir
    private Path folder;

    @BeforeEach
    void indexed_by_createrepo() throws Exception {
        OddPackages.write(folder);
        RpmbuildPackages.write(folder);
        Files.write(folder.resolve("zz-control.rpm"), CONTROL.build());
        Process process = new ProcessBuilder("createrepo_c", "-q", "--no-database", folder.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isBetween(0, 2);
    }

    @Test
    void a_package_with_control_bytes_is_left_out_by_both() throws Exception {
        byte[] bytes = CONTROL.build();
        HeaderRead headers = RpmHeaders.read(ByteBuffer.wrap(bytes), bytes.length);
        PackageRead read = RpmPackages.of((HeaderRead.Read) headers, origin(CONTROL.fileName(), bytes, 0), USUAL);
        assertThat(read)
                .isInstanceOfSatisfying(
                        PackageRead.Refused.class,
                        refused -> assertThat(refused.detail()).contains("tag 1004", "control byte 1 at byte"));
        assertThat(RepodataSet.read(folder.resolve("repodata"), "primary")
                        .packages()
                        .keySet())
                .isNotEmpty()
                .noneMatch(name -> name.startsWith("control"));
    }

    @Test
    void primary_is_the_same_but_for_scripts_around_transactions() throws Exception {
        assertThat(differences(MetadataRoots.PRIMARY, PackageXml::primary))
                .filteredOn(difference -> !WANTED.contains(difference))
                .isEmpty();
    }

    @Test
    void filelists_are_the_same() throws Exception {
        assertThat(differences(MetadataRoots.FILELISTS, PackageXml::filelists)).isEmpty();
    }

    @Test
    void other_is_the_same() throws Exception {
        assertThat(differences(MetadataRoots.OTHER, PackageXml::other)).isEmpty();
    }

    private List<String> differences(MetadataRoots root, BiConsumer<RpmPackage, XmlBuffer> writer) throws Exception {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(".rpm"))
                    .filter(file -> !file.endsWith("zz-control.rpm"))
                    .sorted((a, b) -> Arrays.compareUnsigned(
                            a.getFileName().toString().getBytes(StandardCharsets.UTF_8),
                            b.getFileName().toString().getBytes(StandardCharsets.UTF_8)))
                    .toList();
        }
        XmlBuffer element = new XmlBuffer(1 << 16);
        ByteArrayOutputStream xml = new ByteArrayOutputStream();
        xml.writeBytes(root.header(files.size()));
        for (Path file : files) {
            element.clear();
            writer.accept(read(file), element);
            xml.writeBytes(element.toBytes());
        }
        xml.writeBytes(root.footer());
        return RepodataSet.differences(
                RepodataSet.read(new ByteArrayInputStream(xml.toByteArray())),
                RepodataSet.read(folder.resolve("repodata"), root.type()));
    }

    private static RpmPackage read(Path file) throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        HeaderRead headers = RpmHeaders.read(ByteBuffer.wrap(bytes), bytes.length);
        assertThat(headers).as(file.toString()).isInstanceOf(HeaderRead.Read.class);
        long mtime = Files.getLastModifiedTime(file).toMillis() / 1000;
        PackageRead read = RpmPackages.of(
                (HeaderRead.Read) headers, origin(file.getFileName().toString(), bytes, mtime), USUAL);
        assertThat(read).as(file.toString()).isInstanceOf(PackageRead.Read.class);
        return ((PackageRead.Read) read).rpm();
    }

    private static RpmPackages.Origin origin(String location, byte[] bytes, long mtime) throws Exception {
        return new RpmPackages.Origin(location, bytes.length, mtime, new Checksum(HashType.SHA256, sha256(bytes)));
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
