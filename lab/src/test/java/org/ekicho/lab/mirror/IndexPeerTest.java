package org.ekicho.lab.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.ekicho.lab.peer.Programs;
import org.ekicho.mirror.rpmbuild.RpmBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `ekicho mirror index` says of odd packages is what createrepo_c says, field by field and package by package in
/// the same order, but for the differences listed here.
@NeedsPrograms({"createrepo_c", "rpmbuild"})
class IndexPeerTest {
    /// Scripts before and after a transaction need what they require before it, too: createrepo_c says so since 1.1.1.
    private static final List<String> WANTED = List.of(
            "scripts-1.0-1.noarch package/format#1/rpm:requires#1/rpm:entry#2@pre: ours \"1\", theirs \"absent\"",
            "scripts-1.0-1.noarch package/format#1/rpm:requires#1/rpm:entry#4@pre: ours \"1\", theirs \"absent\"");

    @TempDir
    private static Path folder;

    private static String said = "";

    @BeforeAll
    static void both_index_the_same_folder() throws Exception {
        Path packages = Files.createDirectories(folder.resolve("packages"));
        OddPackages.write(packages);
        RpmbuildPackages.write(packages);
        Path deep = Files.createDirectories(packages.resolve("a/b c/ü"));
        Files.write(
                deep.resolve("bare-0-1.noarch.rpm"),
                RpmBuilder.of("bare", "0", "1").build());
        Files.write(
                packages.resolve("control.rpm"),
                RpmBuilder.of("control", "1.0", "1").summary("a bell: \u0007").build());
        run(2, "createrepo_c", "-q", "--no-database", "-o", theirs().toString(), packages.toString());
        said = run(
                1,
                Programs.ekicho(),
                "mirror",
                "index",
                "--for",
                "el8",
                "--outputdir",
                ours().toString(),
                packages.toString());
    }

    @Test
    void primary_is_the_same_but_for_scripts_around_transactions() throws Exception {
        assertThat(differences("primary"))
                .filteredOn(difference -> !WANTED.contains(difference))
                .isEmpty();
        assertThat(RepodataSet.read(ours().resolve("repodata"), "primary").packages())
                .hasSize(21);
    }

    @Test
    void filelists_are_the_same() throws Exception {
        assertThat(differences("filelists")).isEmpty();
    }

    @Test
    void other_is_the_same() throws Exception {
        assertThat(differences("other")).isEmpty();
    }

    @Test
    void a_package_with_control_bytes_is_left_out_by_both_and_told_with_its_place() {
        assertThat(said).contains("control.rpm", "the text of tag 1004 has the control byte 7 at byte");
    }

    private static List<String> differences(String kind) throws IOException, XMLStreamException {
        return RepodataSet.differences(
                RepodataSet.read(ours().resolve("repodata"), kind),
                RepodataSet.read(theirs().resolve("repodata"), kind));
    }

    private static Path ours() throws IOException {
        return Files.createDirectories(folder.resolve("ours"));
    }

    private static Path theirs() throws IOException {
        return Files.createDirectories(folder.resolve("theirs"));
    }

    /// Runs a program whose exit code is 0, or up to `mostExit` since it leaves a package out.
    private static String run(int mostExit, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isBetween(0, mostExit);
        return output;
    }
}
