package org.ekicho.lab.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ekicho.lab.peer.PeerTest;
import org.ekicho.lab.peer.Programs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `ekicho mirror index` beside createrepo_c, and what gpg says of its signature.
@PeerTest(programs = {"createrepo_c", "sqlite3", "gpg", "gzip", "bzip2"})
class IndexDatabasesPeerTest {
    private static final String PACKAGES = "pkgId, name, arch, version, epoch, release, summary, description, url,"
            + " time_file, time_build, rpm_license, rpm_vendor, rpm_group, rpm_buildhost, rpm_sourcerpm,"
            + " rpm_header_start, rpm_header_end, rpm_packager, size_package, size_installed, size_archive,"
            + " location_href, location_base, checksum_type";

    @TempDir
    private Path folder;

    @BeforeEach
    void the_sample_twice() throws IOException {
        Path sample = Programs.root().resolve("dev/training/sample.rpm");
        for (String name :
                new String[] {"ours/p/sample.rpm", "ours/two.rpm", "theirs/p/sample.rpm", "theirs/two.rpm"}) {
            Path to = folder.resolve(name);
            Files.createDirectories(to.resolveSibling(""));
            Files.copy(sample, to, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    @Test
    void writes_the_same_xml_as_createrepo_c() throws Exception {
        sh("createrepo_c -q --no-database theirs && " + Programs.ekicho() + " mirror index -q ours");
        for (String type : new String[] {"primary", "filelists", "other"}) {
            assertThat(sh("gzip -dc ours/repodata/*-" + type + ".xml.gz"))
                    .isEqualTo(sh("gzip -dc theirs/repodata/*-" + type + ".xml.gz"));
        }
    }

    @Test
    void makes_the_same_databases_as_createrepo_c() throws Exception {
        sh("createrepo_c -q --database theirs && " + Programs.ekicho() + " mirror index -q --database ours");
        for (String side : new String[] {"ours", "theirs"}) {
            for (String type : new String[] {"primary", "filelists", "other"}) {
                sh("bzip2 -dc " + side + "/repodata/*-" + type + ".sqlite.bz2 > " + side + "-" + type + ".db");
            }
        }
        same("primary", "SELECT " + PACKAGES + " FROM packages ORDER BY location_href");
        for (String kind : new String[] {
            "requires", "provides", "conflicts", "obsoletes", "suggests", "enhances", "recommends", "supplements"
        }) {
            same("primary", "SELECT * FROM " + kind + " ORDER BY pkgKey, rowid");
        }
        same("primary", "SELECT * FROM files ORDER BY pkgKey, name");
        same("filelists", "SELECT dirname, filenames, filetypes FROM filelist ORDER BY pkgKey, dirname");
        same("other", "SELECT * FROM changelog ORDER BY pkgKey, date");
        for (String type : new String[] {"primary", "filelists", "other"}) {
            same(type, "SELECT type, name, tbl_name FROM sqlite_master ORDER BY name");
        }
    }

    @Test
    void gpg_verifies_its_signature() throws Exception {
        Path home = Files.createDirectories(folder.resolve("gpg"));
        sh("chmod 700 gpg");
        String gpg = "gpg --homedir " + home + " --batch -q ";
        sh(gpg + "--passphrase '' --quick-generate-key 'Repo <repo@example.org>' rsa2048 sign never");
        sh(gpg + "--export-secret-keys --armor > secret.asc");
        sh(Programs.ekicho() + " mirror index -q --sign-with secret.asc ours");
        assertThat(sh(gpg + "--verify ours/repodata/repomd.xml.asc ours/repodata/repomd.xml && echo good"))
                .contains("good");
        sh("gpgconf --homedir " + home + " --kill all");
    }

    private void same(String database, String sql) throws Exception {
        String ours = sh("sqlite3 ours-" + database + ".db \"" + sql + "\"");
        assertThat(ours).as(sql).isNotNull().isEqualTo(sh("sqlite3 theirs-" + database + ".db \"" + sql + "\""));
    }

    /// Runs a line in the folder.
    ///
    /// @return what it printed
    private String sh(String line) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bash", "-c", line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", line, printed).isZero();
        return printed;
    }
}
