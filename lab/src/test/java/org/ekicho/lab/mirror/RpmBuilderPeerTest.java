package org.ekicho.lab.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ekicho.mirror.hash.HashType;
import org.ekicho.mirror.rpm.Dependency.Kind;
import org.ekicho.mirror.rpm.Evr;
import org.ekicho.mirror.rpmbuild.PayloadCodec;
import org.ekicho.mirror.rpmbuild.RpmBuilder;
import org.ekicho.mirror.rpmbuild.RpmEntry;
import org.ekicho.mirror.rpmbuild.RpmSense;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The packages that we build are packages to rpm and createrepo_c.
@NeedsPrograms({"rpm", "createrepo_c"})
class RpmBuilderPeerTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(PayloadCodec.class)
    void rpm_finds_every_digest_right(PayloadCodec codec) throws Exception {
        Path file = write(hello().payload(codec));
        assertThat(run("rpm", "-Kv", file.toString()))
                .contains(
                        "Header SHA256 digest: OK",
                        "Header SHA1 digest: OK",
                        "Payload SHA256 digest: OK",
                        "MD5 digest: OK");
    }

    @ParameterizedTest
    @EnumSource(
            value = HashType.class,
            names = {"MD5", "SHA256", "SHA512"})
    void rpm_installs_and_verifies_it(HashType digest) throws Exception {
        Path file = write(hello().fileDigests(digest));
        Path root = Files.createDirectory(folder.resolve("root"));
        run("rpm", "--root", root.toString(), "--dbpath", "/db", "--nodeps", "-i", file.toString());
        assertThat(root.resolve("opt/hello/bin/hello")).hasContent("#!/bin/sh\necho hello\n");
        assertThat(root.resolve("opt/hello/cache"))
                .as("a ghost is not delivered")
                .doesNotExist();
        assertThat(run("rpm", "--root", root.toString(), "--dbpath", "/db", "-V", "--nodeps", "hello"))
                .isBlank();
    }

    @Test
    void rpm_reads_what_was_written() throws Exception {
        String file = write(hello()).toString();
        assertThat(run("rpm", "-qp", "--provides", file))
                .isEqualTo("greeter = 1\nhello = 2:1.0-1\nhello(x86-64) = 2:1.0-1\n");
        assertThat(run("rpm", "-qp", "--requires", file)).contains("bash >= 5\n", "(sed or perl)\n", "setup\n");
        assertThat(run(
                        "rpm",
                        "-qp",
                        "--conflicts",
                        "--obsoletes",
                        "--recommends",
                        "--suggests",
                        "--supplements",
                        "--enhances",
                        file))
                .isEqualTo("hullo < 2\nhallo <= 1\ndoc\nmore\nsup\nenh\n");
        assertThat(run("rpm", "-qpl", "--dump", file))
                .contains("/opt/hello/bin/hello 21 ", "0100755 root root 0 0 0 X");
        assertThat(run("rpm", "-qp", "--changelog", file))
                .contains("* Thu Jan 01 2026 Ann <a@example.org> - 1.0-1\n- first");
        assertThat(run("rpm", "-qpi", file))
                .contains("Epoch       : 2", "Vendor      : Example", "URL         : https://example.org/");
    }

    @Test
    void createrepo_indexes_binaries_and_sources_without_complaint() throws Exception {
        write(hello());
        write(hello().source());
        Process process = new ProcessBuilder("createrepo_c", "-q", folder.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(said).isBlank();
        try (Stream<Path> files = Files.list(folder.resolve("repodata"))) {
            Path primary = files.filter(f -> f.toString().endsWith("primary.xml.gz"))
                    .findFirst()
                    .orElseThrow();
            assertThat(run("zcat", primary.toString()))
                    .contains(
                            "packages=\"2\"",
                            "<arch>src</arch>",
                            "<arch>x86_64</arch>",
                            "pre=\"1\"",
                            "/opt/hello/bin/hello");
        }
    }

    private static RpmBuilder hello() {
        return RpmBuilder.of("hello", new Evr("2", "1.0", "1"))
                .arch("x86_64")
                .vendor("Example")
                .url("https://example.org/")
                .provides("greeter = 1")
                .requires("bash >= 5")
                .requires("(sed or perl)")
                .depends(Kind.REQUIRES, "setup", RpmSense.SCRIPT_PRE, "")
                .conflicts("hullo < 2")
                .obsoletes("hallo <= 1")
                .depends(Kind.RECOMMENDS, "doc")
                .depends(Kind.SUGGESTS, "more")
                .depends(Kind.SUPPLEMENTS, "sup")
                .depends(Kind.ENHANCES, "enh")
                .add(RpmEntry.dir("/opt/hello"))
                .add(RpmEntry.dir("/opt/hello/bin"))
                .add(RpmEntry.file("/opt/hello/bin/hello", "#!/bin/sh\necho hello\n")
                        .withMode(0755))
                .add(RpmEntry.symlink("/opt/hello/hi", "bin/hello"))
                .add(RpmEntry.file("/etc/hello.conf", "loud=yes\n").withFlags(RpmEntry.CONFIG | RpmEntry.NOREPLACE))
                .add(RpmEntry.ghost("/opt/hello/cache"))
                .changelog(RpmBuilder.BUILD_TIME, "Ann <a@example.org> - 1.0-1", "- first");
    }

    private Path write(RpmBuilder builder) throws IOException {
        return Files.write(folder.resolve(builder.fileName()), builder.build());
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES))
                .as(List.of(command).toString())
                .isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
