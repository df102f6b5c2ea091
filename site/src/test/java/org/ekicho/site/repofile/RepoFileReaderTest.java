package org.ekicho.site.repofile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ekicho.mirror.settings.ClientGeneration;
import org.ekicho.mirror.settings.ClientWishes;
import org.ekicho.mirror.settings.RepoSettings;
import org.ekicho.mirror.settings.RepoSettings.Check;
import org.ekicho.mirror.settings.Selection;
import org.ekicho.mirror.settings.Upstream;
import org.ekicho.site.Golden;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.site.diagnostic.Severity;
import org.junit.jupiter.api.Test;

class RepoFileReaderTest {
    private static final Variables EL9 = new Variables(Map.of("releasever", "9", "basearch", "x86_64"));

    private final Diagnostics problems = new Diagnostics();

    private List<RepoSettings> read(String text) {
        return RepoFileReader.read("x.repo", text, EL9, problems);
    }

    private Upstream upstream(RepoSettings repo) {
        return ((RepoSettings.Source.Remote) repo.source()).upstream();
    }

    private RepoSettings choosing(RepoChoice choice, String text) {
        return RepoFileReader.read("x.repo", text, EL9, id -> choice, problems)
                .getFirst()
                .settings();
    }

    @Test
    void every_file_is_explained_as_judged_right() {
        for (Golden.File file : Golden.files("repofile", ".repo")) {
            Diagnostics found = new Diagnostics();
            String name = file.name().substring(file.name().indexOf('/') + 1);
            StringBuilder text = new StringBuilder();
            for (RepoSettings repo : RepoFileReader.read(name, file.latin1(), EL9, found)) {
                // The order within a set differs from run to run.
                text.append(repo.toString().replace("[PACKAGES, METADATA]", "[METADATA, PACKAGES]"))
                        .append('\n');
            }
            Golden.check(file.name() + ".report", text + found.report().print());
        }
    }

    @Test
    void all_that_a_vendor_says_is_followed() {
        RepoSettings repo =
                read(Golden.file("repofile/everything.repo").latin1()).getFirst();
        assertThat(problems.report().count(Severity.ERROR)).isZero();
        assertThat(repo.id().text()).isEqualTo("rhel-9-baseos");
        assertThat(repo.name()).isEqualTo("Red Hat Enterprise Linux 9 - x86_64 - BaseOS");
        assertThat(repo.checks()).containsExactlyInAnyOrder(Check.PACKAGES, Check.METADATA);
        assertThat(repo.gpgKeys())
                .containsExactly("/etc/pki/rpm-gpg/RPM-GPG-KEY-redhat-release", "/etc/ekicho/keys/second");
        assertThat(repo.generation()).isEqualTo(ClientGeneration.EL9);
        assertThat(repo.selection().include()).containsExactly("kernel*", "bash");
        assertThat(repo.selection().exclude()).containsExactly("*-debuginfo", "*-devel", "telnet");
        Upstream from = upstream(repo);
        assertThat(from.baseUrls())
                .containsExactly(
                        "https://cdn.example/content/dist/rhel9/9/x86_64/baseos/os", "https://cdn2.example/baseos/os");
        assertThat(from.login()).contains(new Upstream.Login("user", "p@ss"));
        assertThat(from.proxy()).contains("http://proxy.lan:3128");
        assertThat(from.proxyLogin()).contains(new Upstream.Login("proxyuser", "secret"));
        assertThat(from.tls())
                .isEqualTo(new Upstream.Tls(
                        Optional.of("/etc/rhsm/ca/redhat-uep.pem"),
                        Optional.of("/etc/pki/entitlement/1.pem"),
                        Optional.of("/etc/pki/entitlement/1-key.pem"),
                        Upstream.Tls.Verify.CERTIFICATE));
    }

    @Test
    void no_secret_is_ever_shown() {
        StringBuilder shown = new StringBuilder();
        for (String name : List.of("everything", "mistakes")) {
            String text = Golden.file("repofile/" + name + ".repo").latin1();
            shown.append(RepoFile.parse(text)).append(RepoFile.parse(text).lines());
            shown.append(read(text));
        }
        shown.append(problems.report().print());
        assertThat(shown.toString()).contains("lists").doesNotContain("hunter", "p@ss", "p%40ss", "cret");
    }

    @Test
    void a_password_keeps_its_dollar_sign() {
        RepoSettings lists =
                read(Golden.file("repofile/everything.repo").latin1()).getLast();
        assertThat(upstream(lists).login()).contains(new Upstream.Login("anna", "s$cret"));
        assertThat(upstream(lists).proxy()).isEmpty();
        assertThat(upstream(lists).mirrorlist()).contains("https://mirror.lan/list?repo=x&arch=x86_64");
    }

    @Test
    void a_mirrorlist_that_is_a_metalink_is_one() {
        Upstream from = upstream(read("[x]\nmirrorlist=https://m.lan/metalink?repo=x\ngpgcheck=0\n")
                .getFirst());
        assertThat(from.metalink()).contains("https://m.lan/metalink?repo=x");
        assertThat(from.mirrorlist()).isEmpty();
    }

    @Test
    void several_releases_and_architectures_are_several_repositories() {
        RepoChoice both = new RepoChoice(
                Optional.empty(),
                Selection.Versions.NEWEST,
                Set.of(),
                List.of(),
                Selection.Closure.NONE,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of("centos/$releasever/os/$basearch"),
                List.of("5", "6"),
                List.of("i386", "x86_64"));
        List<RepoSettings> repos = RepoFileReader.read(
                        "x.repo",
                        "[base]\nbaseurl=http://m/$releasever/$basearch/\ngpgcheck=0\n",
                        EL9,
                        id -> both,
                        problems)
                .stream()
                .map(RepoFileReader.ReadRepo::settings)
                .toList();
        assertThat(repos)
                .extracting(r -> r.id().text())
                .containsExactly("base-5-i386", "base-5-x86_64", "base-6-i386", "base-6-x86_64");
        assertThat(upstream(repos.getLast()).baseUrls()).containsExactly("http://m/6/x86_64/");
        assertThat(repos.getLast().aliases()).containsExactly("centos/6/os/x86_64");
        assertThat(repos.getFirst().generation()).isEqualTo(ClientGeneration.EL5);
        assertThat(problems.report().diagnostics()).isEmpty();
    }

    @Test
    void the_path_of_the_address_is_the_alias_unless_the_site_says_another() {
        assertThat(read("""
                        [base]
                        mirrorlist=http://m/?release=$releasever
                        #baseurl=http://mirror.centos.org/centos/$releasever/os/$basearch/
                        gpgcheck=0
                        [used]
                        baseurl=http://m/pub//used/ http://n/other/
                        gpgcheck=0
                        [stream]
                        metalink=https://m/metalink?repo=centos-baseos-$stream&arch=$basearch
                        gpgcheck=0
                        [none]
                        baseurl=http://m/
                        gpgcheck=0
                        [ours]
                        baseurl=http://m/latest/ours/
                        gpgcheck=0
                        [disc]
                        baseurl=file:///media/disc
                        gpgcheck=0
                        """))
                .extracting(RepoSettings::aliases)
                .containsExactly(
                        List.of("centos/9/os/x86_64"),
                        List.of(),
                        List.of("9-stream/BaseOS/x86_64/os"),
                        List.of(),
                        List.of(),
                        List.of());
    }

    @Test
    void keys_of_the_site_stand_in_for_one_that_is_on_the_network() {
        RepoChoice ours = new RepoChoice(
                Optional.of(false),
                Selection.Versions.ALL,
                Set.of(),
                List.of(),
                Selection.Closure.NONE,
                Optional.of(ClientGeneration.EL8),
                Optional.of("/etc/ekicho/keys/secret"),
                List.of("/etc/ekicho/keys/epel"),
                List.of(),
                List.of(),
                List.of());
        RepoSettings repo = choosing(ours, "[epel]\nbaseurl=http://m/\nenabled=1\ngpgcheck=1\ngpgkey=https://m/KEY\n");
        assertThat(repo.gpgKeys()).containsExactly("/etc/ekicho/keys/epel");
        assertThat(repo.enabled()).isFalse();
        assertThat(repo.generation()).isEqualTo(ClientGeneration.EL8);
        assertThat(problems.report().diagnostics()).isEmpty();
    }

    @Test
    void two_sections_of_one_id_are_one_repository_of_which_the_last_value_counts() {
        List<RepoSettings> repos = read(
                "[a]\nbaseurl=http://one/\ngpgcheck=0\n[b]\nbaseurl=http://b/\ngpgcheck=0\n[a]\nbaseurl=http://two/\n");
        assertThat(repos).extracting(r -> r.id().text()).containsExactly("a", "b");
        assertThat(upstream(repos.getFirst()).baseUrls()).containsExactly("http://two/");
        assertThat(problems.report().count(Severity.WARNING)).isEqualTo(2);
    }

    @Test
    void what_a_sync_cannot_fetch_or_go_through_is_said_where_it_stands() {
        assertThat(read("[a]\nbaseurl=ftp://old.example/a/\ngpgcheck=0\n")).isEmpty();
        assertThat(read("[b]\nbaseurl=http://up/b/\nproxy=socks5://p.lan:1080\ngpgcheck=0\n"))
                .isEmpty();
        assertThat(problems.report().print())
                .contains("x.repo:2:1: error: baseurl takes no \"ftp://old.example/a/\"")
                .contains("x.repo:3:1: error: proxy takes no \"socks5://p.lan:1080\"");
        RepoSettings both = read("[c]\nbaseurl=ftp://old.example/c/ http://new.example/c/\ngpgcheck=0\n")
                .getFirst();
        assertThat(upstream(both).baseUrls()).containsExactly("http://new.example/c/");
        assertThat(problems.report().print())
                .contains("x.repo:2:1: warning: nothing is fetched by FTP: ftp://old.example/c/ is left out");
    }

    @Test
    void what_clients_are_to_be_told_is_taken_along() {
        RepoSettings repo = read("[a]\nbaseurl=http://up/a/\ngpgcheck=0\npriority=10\ncost=500\nmodule_hotfixes=yes\n")
                .getFirst();
        assertThat(repo.wishes()).isEqualTo(new ClientWishes(Optional.of(10), Optional.of(500), Optional.of(true)));
        assertThat(read("[a]\nbaseurl=http://up/a/\ngpgcheck=0\npriority=high\n")
                        .getFirst()
                        .wishes())
                .isEqualTo(ClientWishes.NONE);
        assertThat(problems.report().print()).contains("x.repo:4:1: warning: priority takes no \"high\"");
    }
}
