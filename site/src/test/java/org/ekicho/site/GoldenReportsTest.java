package org.ekicho.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.ekicho.ntp.settings.SourceSettings;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.site.diagnostic.Severity;
import org.ekicho.site.lint.Lint;
import org.ekicho.site.ntpconf.NtpConfReader;
import org.ekicho.site.ntpconf.NtpConfReading;
import org.ekicho.site.toml.SiteFile;
import org.junit.jupiter.api.Test;

/// Files as distributions and sites have them, and all that is said of each.
class GoldenReportsTest {
    private final StatedSurroundings around = new StatedSurroundings()
            .file("/etc/ntp/keys", Golden.file("ntpkeys/ntpd.keys").latin1())
            .file("/etc/inet/ntp.keys", "10 MD5 solaris\n")
            .file(
                    "repos.d/centos7.repo",
                    Golden.file("repofile/centos7-base.repo").latin1())
            .file("repos.d/mistakes.repo", Golden.file("repofile/mistakes.repo").latin1())
            .file("/var/lib/ekicho/mirror/repos.d/added.repo", "[epel]\nbaseurl=http://e/\ngpgcheck=0\n")
            .file("/etc/pki/rpm-gpg/RPM-GPG-KEY-CentOS-7", "key")
            .file("keys/lab", "key")
            .file("keys/loose", "key", 0644)
            .name("ntp2.lan", "192.168.55.2");

    @Test
    void every_ntp_conf_is_explained_as_judged_right() {
        for (Golden.File conf : Golden.files("ntpconf", ".conf")) {
            String name = conf.name().substring(conf.name().indexOf('/') + 1);
            Golden.check(
                    conf.name() + ".report",
                    Lint.ntpConf(name, conf.latin1(), around).print());
        }
    }

    @Test
    void every_key_file_is_explained_as_judged_right() {
        for (Golden.File keys : Golden.files("ntpkeys", ".keys")) {
            String name = keys.name().substring(keys.name().indexOf('/') + 1);
            Golden.check(
                    keys.name() + ".report",
                    Lint.file(name, keys.latin1(), 0640, around).print());
        }
    }

    @Test
    void every_site_file_is_explained_as_judged_right() {
        for (Golden.File site : Golden.files("sitefile", ".toml")) {
            String text = new String(site.bytes(), StandardCharsets.UTF_8);
            Golden.check(
                    site.name() + ".report",
                    SiteFile.read("ekicho.toml", text, around).report().print());
        }
    }

    @Test
    void the_files_of_distributions_run_as_they_are() {
        for (String name : new String[] {"rhel5", "debian", "freebsd", "pair-server", "pair-client"}) {
            NtpConfReading reading = read(name);
            assertThat(reading.report().count(Severity.ERROR)).as(name).isZero();
        }
        TimeSettings rhel5 = read("rhel5").conf().orElseThrow().time();
        assertThat(rhel5.sources()).extracting(SourceSettings::host).containsExactly("192.168.55.1", "ntp2.lan");
        assertThat(rhel5.localClock().orElseThrow().stratum()).isEqualTo(10);
        TimeSettings debian = read("debian").conf().orElseThrow().time();
        assertThat(debian.sources()).extracting(SourceSettings::kind).containsOnly(SourceSettings.Kind.POOL);
        assertThat(read("freebsd").conf().orElseThrow().time().selection().maxClock())
                .isEqualTo(6);
    }

    private NtpConfReading read(String name) {
        return NtpConfReader.read(name, Golden.file("ntpconf/" + name + ".conf").latin1(), around);
    }
}
