package org.ekicho.site.clientconfig;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.ClientGeneration;
import org.ekicho.mirror.settings.MirrorSettings;
import org.ekicho.mirror.settings.RepoSettings;
import org.ekicho.site.Golden;
import org.ekicho.site.SiteReading;
import org.ekicho.site.StatedSurroundings;
import org.ekicho.site.adopt.Adoption;
import org.ekicho.site.adopt.AdoptionTarget;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.site.diagnostic.Severity;
import org.ekicho.site.repofile.RepoFileReader;
import org.ekicho.site.repofile.Variables;
import org.ekicho.site.toml.SiteFile;
import org.junit.jupiter.api.Test;

/// The examples of docs/mirror-clients.md are true.
class MirrorClientsPageTest {
    private static final Variables EL5 = new Variables(Map.of("releasever", "5", "basearch", "i386"));

    private static List<String> examples(String language) throws IOException {
        String page = Files.readString(Path.of("../docs/mirror-clients.md"));
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(r -> r.group(1))
                .toList();
    }

    @Test
    void the_adopted_file_is_what_adoption_makes_of_the_first() throws IOException {
        List<String> files = examples("ini");
        AdoptionTarget target =
                AdoptionTarget.of("mirror.lan", Optional.empty()).orElseThrow();
        assertThat(Adoption.adopt(files.get(0), target).text()).isEqualTo(files.get(1));
    }

    @Test
    void every_repo_file_reads_without_an_error() throws IOException {
        for (String file : examples("ini")) {
            Diagnostics problems = new Diagnostics();
            assertThat(RepoFileReader.read("x.repo", file, EL5, problems)).hasSize(1);
            assertThat(problems.report().count(Severity.ERROR)).isZero();
        }
    }

    @Test
    void the_site_file_gives_what_the_adopted_file_asks_for() throws IOException {
        StatedSurroundings around = new StatedSurroundings()
                .file("repos.d/base.repo", examples("ini").getFirst())
                .file("keys/RPM-GPG-KEY-CentOS-5", "key");
        SiteReading reading = SiteFile.read("ekicho.toml", examples("toml").getFirst(), around);
        assertThat(reading.report().diagnostics()).isEmpty();
        List<RepoSettings> repos =
                reading.settings().orElseThrow().mirror().orElseThrow().repos();
        assertThat(repos)
                .flatExtracting(RepoSettings::aliases)
                .containsExactly("centos/5/os/i386", "centos/5/os/x86_64");
    }

    @Test
    void the_new_file_is_what_client_config_prints() throws IOException {
        Diagnostics problems = new Diagnostics();
        List<RepoSettings> repos = RepoFileReader.read(
                "centos.repo",
                Golden.file("repofile/stream9-centos.repo").latin1(),
                new Variables(Map.of("releasever", "9", "basearch", "x86_64")),
                problems);
        MirrorSettings mirror = MirrorSettings.of("/srv/mirror", repos.subList(0, 1));
        String text = ClientConfig.render(
                mirror,
                new ChannelName("prod"),
                new ClientConfig.Options(
                        "http://mirror.lan", Optional.of(ClientGeneration.EL9), Set.of(), ClientConfig.By.MIRRORLIST));
        assertThat(text).endsWith("\n\n" + examples("ini").get(2));
    }
}
