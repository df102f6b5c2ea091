package org.ekicho.site.clientconfig;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.ClientGeneration;
import org.ekicho.mirror.settings.MirrorSettings;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.settings.RepoSettings;
import org.ekicho.site.Golden;
import org.ekicho.site.StatedSurroundings;
import org.ekicho.site.clientconfig.ClientConfig.By;
import org.ekicho.site.clientconfig.ClientConfig.Options;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.site.repofile.RepoFileReader;
import org.ekicho.site.repofile.Variables;
import org.ekicho.site.toml.SiteFile;
import org.junit.jupiter.api.Test;

class ClientConfigTest {
    private static final ChannelName PROD = new ChannelName("prod");
    private static final String URL = "http://mirror.lan";

    private static MirrorSettings mirror(String more) {
        StatedSurroundings around = new StatedSurroundings()
                .file("el9.repo", """
                        [baseos]
                        name=BaseOS
                        baseurl=http://up/9/BaseOS/
                        gpgcheck=1
                        repo_gpgcheck=1
                        gpgkey=file:///etc/pki/rpm-gpg/RPM-GPG-KEY-nine /keys/second
                        [off]
                        baseurl=http://up/off/
                        gpgcheck=0
                        enabled=0
                        """)
                .file("/etc/pki/rpm-gpg/RPM-GPG-KEY-nine", "key")
                .file("/keys/second", "key")
                .file("secret", "key");
        return SiteFile.read("ekicho.toml", """
                        [site]
                        name = "lab"
                        [mirror]
                        repo-files = ["el9.repo"]
                        %s
                        [mirror.vars]
                        releasever = "9"
                        [[mirror.repo]]
                        id = "own"
                        name = "Our own"
                        folder = "/srv/rpms"
                        for = "el5"
                        sign-with = "secret"
                        """.formatted(more), around)
                .settings()
                .orElseThrow()
                .mirror()
                .orElseThrow();
    }

    private static Options options(ClientGeneration generation, By by) {
        return new Options(URL, Optional.ofNullable(generation), Set.of(), by);
    }

    @Test
    void files_are_as_judged_right() {
        MirrorSettings mirror = mirror("");
        Golden.check("clientconfig/all.repo", ClientConfig.render(mirror, PROD, Options.of(URL)));
        Golden.check(
                "clientconfig/el5.repo", ClientConfig.render(mirror, PROD, options(ClientGeneration.EL5, By.BASEURL)));
        Golden.check(
                "clientconfig/el9.repo", ClientConfig.render(mirror, PROD, options(ClientGeneration.EL9, By.METALINK)));
    }

    @Test
    void what_is_written_reads_without_any_problem_but_its_keys_on_the_network() {
        String text = ClientConfig.render(mirror(""), PROD, Options.of(URL));
        Diagnostics problems = new Diagnostics();
        assertThat(RepoFileReader.read("prod.repo", text, Variables.NONE, problems))
                .extracting(RepoSettings::id)
                .containsExactly(new RepoId("baseos"), new RepoId("own"));
        assertThat(problems.report().diagnostics()).allMatch(d -> d.message().startsWith("the key at"));
    }

    @Test
    void upstream_of_another_generation_is_left_out_and_what_is_named_is_in() {
        MirrorSettings mirror = mirror("");
        assertThat(ClientConfig.render(mirror, PROD, options(ClientGeneration.EL8, By.MIRRORLIST)))
                .contains("[own]")
                .doesNotContain("[baseos]");
        Options named = new Options(URL, Optional.empty(), Set.of(new RepoId("off")), By.MIRRORLIST);
        assertThat(ClientConfig.render(mirror, PROD, named)).contains("[off]").doesNotContain("[own]");
    }

    @Test
    void metadata_is_never_believed_longer_than_files_stay() {
        assertThat(mirror("grace = \"90m\"").grace()).isEqualTo(Duration.ofMinutes(90));
        assertThat(ClientConfig.render(mirror("grace = \"90m\""), PROD, Options.of(URL)))
                .contains("\nmetadata_expire=5400\n");
        assertThat(ClientConfig.render(mirror("grace = \"2h\""), PROD, Options.of(URL)))
                .contains("\nmetadata_expire=2h\n");
    }

    @Test
    void keys_are_published_by_their_name_and_never_the_secret_one() {
        assertThat(PublishedKeys.of(mirror("")).files())
                .containsOnly(
                        Map.entry("RPM-GPG-KEY-nine", "/etc/pki/rpm-gpg/RPM-GPG-KEY-nine"),
                        Map.entry("second", "/keys/second"));
    }

    @Test
    void clients_are_told_what_the_vendor_says_of_its_place_beside_others() {
        RepoSettings repo = RepoFileReader.read(
                        "x.repo",
                        "[a]\nbaseurl=http://up/a/\ngpgcheck=0\npriority=10\ncost=500\nmodule_hotfixes=1\n",
                        new Variables(Map.of()),
                        new Diagnostics())
                .getFirst();
        assertThat(ClientConfig.render(MirrorSettings.of("/m", java.util.List.of(repo)), PROD, Options.of(URL)))
                .contains("\npriority=10\ncost=500\nmodule_hotfixes=1\n");
    }
}
