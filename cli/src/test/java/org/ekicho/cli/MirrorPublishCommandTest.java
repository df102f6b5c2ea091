package org.ekicho.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pgpainless.PGPainless;

class MirrorPublishCommandTest {
    @TempDir
    private Path root;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int mirror(String... words) {
        List<String> all = new ArrayList<>(List.of("mirror"));
        all.addAll(List.of(words));
        all.addAll(List.of("--folder", root.resolve("mirror").toString()));
        Screen screen = new Screen(new PrintWriter(out), new PrintWriter(err), Screen.Colours.OFF);
        return Cli.run(screen, all.toArray(String[]::new));
    }

    @Test
    void a_folder_goes_through_test_to_prod_and_back() throws IOException {
        Path rpms = Files.createDirectories(root.resolve("rpms"));
        assertThat(mirror("publish", rpms.toString(), "--as", "site", "--to", "test"))
                .as("%s%s", out, err)
                .isEqualTo(Exit.GOOD);
        assertThat(root.resolve("mirror/www/test/site/repodata/repomd.xml")).exists();
        assertThat(rpms).isEmptyDirectory();
        assertThat(mirror("promote", "test", "prod", "--dry-run")).isEqualTo(Exit.GOOD);
        assertThat(root.resolve("mirror/www/prod")).doesNotExist();
        assertThat(mirror("promote", "test", "prod")).isEqualTo(Exit.GOOD);
        assertThat(mirror("diff", "test", "prod")).isEqualTo(Exit.GOOD);
        assertThat(mirror("rollback", "prod")).isEqualTo(Exit.UNKNOWN);
        assertThat(err.toString()).contains("the channel prod was in no other state before");
        assertThat(mirror("snapshots", "-o", "json")).isEqualTo(Exit.GOOD);
        assertThat(mirror("gc", "--dry-run")).isEqualTo(Exit.GOOD);
        assertThat(out.toString()).contains("current of prod; current of test", "would free 0 B");
    }

    @Test
    void clients_are_given_the_keys_and_repositories_that_a_channel_really_has() throws Exception {
        Path secret = Files.write(
                root.resolve("secret"),
                PGPainless.generateKeyRing()
                        .modernKeyRing("Site <site@example.org>")
                        .getEncoded());
        Path rpms = Files.createDirectories(root.resolve("rpms"));
        Screen quiet = new Screen(new PrintWriter(out), new PrintWriter(err), Screen.Colours.OFF);
        assertThat(Cli.run(quiet, "mirror", "index", rpms.toString(), "--sign-with", secret.toString()))
                .as("%s%s", out, err)
                .isEqualTo(Exit.GOOD);
        assertThat(mirror("publish", rpms.toString(), "--as", "signed", "--to", "prod"))
                .isEqualTo(Exit.GOOD);
        Path plain = Files.createDirectories(root.resolve("plain"));
        assertThat(mirror("publish", plain.toString(), "--as", "plain", "--to", "prod"))
                .isEqualTo(Exit.GOOD);
        assertThat(mirror("publish", plain.toString(), "--as", "elsewhere", "--to", "test"))
                .isEqualTo(Exit.GOOD);
        assertThat(root.resolve("mirror/www/keys/signed.signing.asc"))
                .hasSameBinaryContentAs(rpms.resolve("repodata/repomd.xml.key"));
        assertThat(root.resolve("mirror/www/keys")).isDirectoryNotContaining("glob:**plain*");
        out.getBuffer().setLength(0);
        assertThat(mirror("client-config", "prod", "--url", "http://m.lan", "--for", "el9"))
                .isEqualTo(Exit.GOOD);
        assertThat(out.toString())
                .contains("[signed]", "repo_gpgcheck=1\ngpgkey=http://m.lan/keys/signed.signing.asc\n", "[plain]")
                .doesNotContain("[elsewhere]", "plain.signing");
    }

    @Test
    void commands_that_look_make_no_mirror() {
        for (String command : List.of("snapshots", "gc")) {
            assertThat(mirror(command)).isEqualTo(Exit.UNKNOWN);
        }
        assertThat(err.toString()).contains("there is no mirror in ", "--folder DIR");
        assertThat(root.resolve("mirror")).doesNotExist();
        assertThat(mirror("publish", "site")).isEqualTo(Exit.USAGE);
        assertThat(mirror("promote", "Test", "prod")).isEqualTo(Exit.USAGE);
    }
}
