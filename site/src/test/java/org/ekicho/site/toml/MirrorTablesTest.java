package org.ekicho.site.toml;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.ekicho.mirror.settings.ClientGeneration;
import org.ekicho.mirror.settings.MirrorSettings;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.settings.RepoSettings;
import org.ekicho.mirror.settings.Selection;
import org.ekicho.mirror.settings.ServeSettings;
import org.ekicho.site.Golden;
import org.ekicho.site.SiteReading;
import org.ekicho.site.SiteSettings;
import org.ekicho.site.StatedSurroundings;
import org.junit.jupiter.api.Test;

class MirrorTablesTest {
    private final StatedSurroundings around = new StatedSurroundings()
            .file(
                    "repos.d/centos7.repo",
                    Golden.file("repofile/centos7-base.repo").latin1())
            .file("/srv/mirror/repos.d/epel.repo", "[epel]\nbaseurl=http://e/$region/\ngpgcheck=0\n")
            .file("/etc/pki/rpm-gpg/RPM-GPG-KEY-CentOS-7", "key")
            .file("keys/lab", "key");

    private SiteSettings good(String text) {
        SiteReading reading = SiteFile.read("ekicho.toml", text, around);
        assertThat(reading.report().diagnostics()).as(reading.report().print()).isEmpty();
        return reading.settings().orElseThrow();
    }

    private static RepoSettings repo(MirrorSettings mirror, String id) {
        return mirror.repo(new RepoId(id)).orElseThrow();
    }

    @Test
    void there_is_no_mirror_unless_the_file_speaks_of_one() {
        assertThat(good("[site]\nname = \"lab\"\n").mirror()).isEmpty();
    }

    @Test
    void nothing_is_served_unless_it_is_asked_for() {
        MirrorSettings mirror =
                good("[site]\nname = \"lab\"\n[mirror]\n").mirror().orElseThrow();
        assertThat(mirror.serve()).isEmpty();
        assertThat(mirror.folder()).isEqualTo("/var/lib/ekicho/mirror");
        assertThat(mirror.grace()).isEqualTo(Duration.ofDays(3));
        assertThat(mirror.syncEvery()).isEmpty();
        assertThat(mirror.repos()).isEmpty();
    }

    @Test
    void serving_without_addresses_is_on_port_80() {
        ServeSettings serve = good("[site]\nname = \"lab\"\n[mirror.serve]\n")
                .mirror()
                .orElseThrow()
                .serve()
                .orElseThrow();
        assertThat(serve.listen()).containsExactly("0.0.0.0:80", "[::]:80");
        assertThat(serve.tlsListen()).isEmpty();
    }

    @Test
    void reads_every_table() {
        SiteSettings site = good(Golden.file("sitefile/mirror.toml").latin1());
        MirrorSettings mirror = site.mirror().orElseThrow();
        assertThat(mirror.url()).contains("http://mirror.lan");
        assertThat(mirror.syncEvery()).contains(Duration.ofHours(6));
        assertThat(mirror.grace()).isEqualTo(Duration.ofDays(4));
        assertThat(mirror.keep()).isEqualTo(14);
        assertThat(mirror.parallel()).isEqualTo(4);
        assertThat(mirror.bandwidth()).isEqualTo(OptionalLong.of(20 << 20));
        assertThat(mirror.repos())
                .extracting(r -> r.id().text())
                .containsExactly("base", "updates", "extras-6", "extras-7", "centosplus", "epel", "own", "vendor");
        assertThat(site.mirrorFiles().places())
                .containsEntry(new RepoId("extras-6"), "repos.d/centos7.repo:29:1")
                .containsEntry(new RepoId("epel"), "/srv/mirror/repos.d/epel.repo:1:1")
                .containsEntry(new RepoId("own"), "ekicho.toml:32:1");
        RepoSettings updates = repo(mirror, "updates");
        assertThat(updates.selection().versions()).isEqualTo(Selection.Versions.NEWEST);
        assertThat(updates.aliases()).containsExactly("centos/7/updates/x86_64");
        assertThat(updates.generation()).isEqualTo(ClientGeneration.EL7);
        RepoSettings extras = repo(mirror, "extras-6");
        assertThat(extras.selection().closure()).isEqualTo(Selection.Closure.DEPENDENCIES);
        assertThat(extras.generation()).isEqualTo(ClientGeneration.EL6);
        assertThat(extras.signingKey()).contains("keys/lab");
        assertThat(repo(mirror, "own").source()).isEqualTo(new RepoSettings.Source.Folder("/srv/rpms"));
        assertThat(repo(mirror, "own").checks()).containsExactly(RepoSettings.Check.PACKAGES);
        assertThat(repo(mirror, "vendor").source()).isEqualTo(new RepoSettings.Source.Bundles());
        ServeSettings serve = mirror.serve().orElseThrow();
        assertThat(serve.listen()).containsExactly("192.168.55.1:80", "[fd00::1]:80");
        assertThat(serve.tlsKey()).isEqualTo(Optional.of("keys/lab"));
        assertThat(serve.siblings()).containsExactly("http://mirror2.lan");
    }

    @Test
    void spans_and_rates_are_what_they_say() {
        assertThat(Kind.Span.parse("90s")).isEqualTo(Duration.ofSeconds(90));
        assertThat(Kind.Span.parse("2w")).isEqualTo(Duration.ofDays(14));
        assertThat(Kind.Rate.parse("500")).isEqualTo(500);
        assertThat(Kind.Rate.parse("3k")).isEqualTo(3072);
        assertThat(Kind.Rate.parse("999999999G")).isPositive();
        assertThat(new Kind.Span().takes("0d")).isFalse();
        assertThat(new Kind.Rate().takes("1T")).isFalse();
    }
}
