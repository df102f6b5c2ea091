package org.ekicho.lab.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ekicho.lab.lan.Daemon;
import org.ekicho.lab.lan.Outcome;
import org.ekicho.lab.mirror.MirrorLan.Root;
import org.ekicho.lab.peer.PeerTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/// Real dnf, through the `.repo` file that `client-config` prints.
@PeerTest(programs = {"dnf", "rpm", "gpg", "rpmsign", "curl", "busybox"})
final class DnfClientTest {
    private static final String SERVER = MirrorLan.SERVER;

    /// Indexes the packages with their group, modules and advisory, and publishes them.
    private static void publish(MirrorLan lan, OwnPackages packages, String channel, String... more) {
        Path server = lan.server().folder();
        List<String> index = new ArrayList<>(List.of(
                "index",
                "--update",
                "--groupfile",
                lan.server().file("comps.xml", OwnPackages.COMPS).toString(),
                "--updateinfo",
                lan.server().file("updateinfo.xml", OwnPackages.UPDATE_INFO).toString(),
                "--modules",
                lan.server().file("modules.yaml", OwnPackages.MODULES).toString()));
        index.addAll(List.of(more));
        index.add(packages.folder().toString());
        assertThat(server).isDirectory();
        good(lan.ekicho(index.toArray(String[]::new)));
        good(lan.ekicho("publish", packages.folder().toString(), "--as", "site", "--to", channel));
    }

    private static Outcome good(Outcome outcome) {
        assertThat(outcome.exit()).as(outcome.transcript()).isZero();
        return outcome;
    }

    private static OwnPackages packages(MirrorLan lan) throws IOException {
        return OwnPackages.in(lan.server().folder().resolve("rpms"));
    }

    @Test
    void dnf_installs_and_follows_promote_and_rollback_through_the_file_that_client_config_printed(TestInfo test)
            throws IOException {
        try (MirrorLan lan = MirrorLan.of(test)) {
            OwnPackages packages = packages(lan);
            MirrorLan.Key key = lan.key("site");
            publish(lan, packages, "prod", "--sign-with", key.secret().toString());
            lan.serve("0.0.0.0:80");
            String printed = good(lan.ekicho("client-config", "prod", "--for", "el9", "--url", SERVER))
                    .out();
            assertThat(printed)
                    .contains(
                            "[site]",
                            "mirrorlist=" + SERVER + "/mirrorlist/prod/site",
                            "repo_gpgcheck=1",
                            "gpgkey=" + SERVER + "/keys/site.signing.asc");
            assertThat(lan.fetch(SERVER + "/client/prod.repo?for=el9")).isEqualTo(printed);
            assertThat(lan.fetch(SERVER + "/keys/site.signing.asc")).startsWith("-----BEGIN PGP PUBLIC KEY BLOCK-----");

            Root root = lan.root("fresh").with("ekicho.repo", printed);
            assertThat(good(root.dnf("makecache")).out()).contains("Metadata cache created");
            assertThat(good(root.dnf("-q", "repoquery", "--requires", "hello")).lines())
                    .contains("greet-data", "libgreet >= 1");
            good(root.dnf("install", "hello"));
            assertThat(root.file("opt/hello/version")).hasContent("1.0");
            assertThat(root.file("opt/libgreet/version")).hasContent("1.1");
            assertThat(root.dnf("install", "broken").out()).contains("nothing provides nobody-has-this");

            assertThat(good(root.dnf("-q", "group", "list")).out()).contains("Greeters");
            good(root.dnf("group", "install", "greeters"));
            assertThat(root.file("opt/choir/version")).hasContent("1.0");
            assertThat(good(root.dnf("-q", "module", "list")).out())
                    .containsPattern("web +1 +common +The web")
                    .containsPattern("web +2 +common +The web");
            good(root.dnf("module", "install", "web:1/common"));
            assertThat(root.file("opt/web/version")).hasContent("1.0");

            packages.hello("1.1");
            publish(lan, packages, "test", "--sign-with", key.secret().toString());
            good(root.dnf("-q", "--refresh", "check-update"));
            good(lan.ekicho("promote", "test", "prod"));
            Outcome update = root.dnf("-q", "--refresh", "check-update");
            assertThat(update.exit()).isEqualTo(100);
            assertThat(update.out()).containsPattern("hello\\.noarch +1\\.1-1 +site");
            assertThat(good(root.dnf("-q", "updateinfo", "list")).out())
                    .contains("SITE-2026:0001 Important/Sec. hello-1.1-1.noarch");
            good(lan.ekicho("rollback", "prod"));
            good(root.dnf("-q", "--refresh", "check-update"));
            good(lan.ekicho("promote", "test", "prod"));
            good(root.dnf("--refresh", "upgrade"));
            assertThat(root.file("opt/hello/version")).hasContent("1.1");
        }
    }

    @Test
    void signatures_of_metadata_and_packages_are_those_that_dnf_wants(TestInfo test) throws IOException {
        try (MirrorLan lan = MirrorLan.of(test)) {
            OwnPackages packages = packages(lan);
            MirrorLan.Key key = lan.key("site");
            MirrorLan.Key stranger = lan.key("stranger");
            lan.signPackage(key, packages.folder().resolve("tools-1.0-1.noarch.rpm"));
            Path site = lan.server().file("ekicho.toml", """
                    [site]
                    name = "lab"

                    [mirror]
                    folder = "%s"
                    url = "%s"

                    [mirror.serve]
                    listen = ["0.0.0.0:80"]

                    [[mirror.repo]]
                    id = "site"
                    folder = "%s"
                    sign-with = "%s"
                    keys = ["%s"]
                    """.formatted(
                            lan.mirror(), SERVER, packages.folder(), key.secret(), key.known()));
            good(lan.ekicho(site, "publish", packages.folder().toString(), "--as", "site"));
            lan.serve("0.0.0.0:80", "--site", site.toString());
            String file = lan.fetch(SERVER + "/client/latest.repo?for=el9");
            assertThat(file)
                    .contains(
                            "gpgcheck=1\n",
                            "repo_gpgcheck=1\n",
                            SERVER + "/keys/site.asc",
                            SERVER + "/keys/site.signing.asc");
            Root root = lan.root("signed").with("ekicho.repo", file);
            good(root.dnf("install", "tools"));
            assertThat(root.file("opt/tools/version")).hasContent("1.0");
            Outcome unsigned = root.dnf("install", "silence");
            assertThat(unsigned.exit()).isEqualTo(1);
            assertThat(unsigned.out()).contains("silence-1.0-1.noarch.rpm is not signed");

            String wrong = file.replaceAll("(?m)^gpgkey=.*\n.*$", "gpgkey=file://" + stranger.known());
            Root other = lan.root("stranger").with("ekicho.repo", wrong);
            Outcome refused = other.dnf("makecache");
            assertThat(refused.exit()).isEqualTo(1);
            assertThat(refused.out()).contains("repomd.xml GPG signature verification error");
        }
    }

    @Test
    void dnf_finds_it_by_every_kind_of_address_and_at_a_sibling(TestInfo test) throws IOException {
        try (MirrorLan lan = MirrorLan.of(test)) {
            OwnPackages packages = packages(lan);
            publish(lan, packages, "prod");
            Path site = lan.server().file("ekicho.toml", """
                    [site]
                    name = "lab"

                    [mirror]
                    folder = "%s"
                    url = "%s"

                    [mirror.serve]
                    listen = ["0.0.0.0:80"]
                    siblings = ["http://192.168.55.1:8080"]
                    """.formatted(lan.mirror(), SERVER));
            Daemon first = lan.serve("0.0.0.0:80", "--site", site.toString());
            Daemon second = lan.serve("0.0.0.0:8080");
            for (String by : List.of("mirrorlist", "metalink", "baseurl")) {
                String file = good(lan.ekicho(site, "client-config", "prod", "--by", by))
                        .out();
                assertThat(file).contains("\n" + by + "=" + SERVER + "/");
                Root root = lan.root(by).with("ekicho.repo", file);
                good(root.dnf("install", "tools"));
                assertThat(root.file("opt/tools/version")).hasContent("1.0");
            }
            String list = lan.fetch(SERVER + "/mirrorlist/prod/site");
            assertThat(list.lines())
                    .hasSize(2)
                    .last()
                    .asString()
                    .startsWith("http://192.168.55.1:8080/snapshots/site/");
            Root root = lan.root("sibling")
                    .with("ekicho.repo", """
                    [site]
                    name=site
                    mirrorlist=file://%s
                    gpgcheck=0
                    """.formatted(lan.client().file("list", list)));
            first.stop();
            good(root.dnf("install", "tools"));
            assertThat(root.file("opt/tools/version")).hasContent("1.0");
            second.stop();

            String plain = "http://192.168.55.1:8081/prod/site/";
            lan.server().start("httpd", "busybox", "httpd", "-f", "-p", "8081", "-h", lan.mirror() + "/www");
            lan.lan()
                    .await(
                            "another web server serves the same folder",
                            30,
                            () -> lan.client()
                                            .run("curl", "-fsS", plain + "repodata/repomd.xml")
                                            .exit()
                                    == 0,
                            () -> "");
            Root any = lan.root("any").with("plain.repo", "[site]\nname=site\nbaseurl=" + plain + "\ngpgcheck=0\n");
            good(any.dnf("install", "hello"));
            assertThat(any.file("opt/hello/version")).hasContent("1.0");
        }
    }

    @Test
    void a_synced_repository_has_the_metadata_of_upstream_byte_for_byte(TestInfo test) throws IOException {
        try (MirrorLan lan = MirrorLan.of(test)) {
            Path upstream = lan.server().folder().resolve("upstream");
            OwnPackages packages = OwnPackages.in(upstream.resolve("9/x86_64"));
            good(lan.ekicho(
                    "index",
                    "--groupfile",
                    lan.server().file("comps.xml", OwnPackages.COMPS).toString(),
                    packages.folder().toString()));
            lan.server().start("upstream", "busybox", "httpd", "-f", "-p", "127.0.0.1:8000", "-h", upstream.toString());
            Path file = lan.server().file("far.repo", """
                    [far]
                    name=Far $releasever
                    baseurl=http://127.0.0.1:8000/$releasever/$basearch/
                    gpgcheck=0
                    """);
            assertThat(lan.ekicho("add", file.toString()))
                    .satisfies(refused -> assertThat(refused.exit()).isEqualTo(1))
                    .satisfies(refused -> assertThat(refused.out()).contains("e.g. --releasever 9"));
            good(lan.ekicho("add", file.toString(), "--releasever", "9"));
            good(lan.ekicho("sync", "--dry-run"));
            good(lan.ekicho("sync"));
            assertSame(packages.folder().resolve("repodata"), lan.mirror().resolve("www/latest/far/repodata"));

            lan.serve("0.0.0.0:80");
            Root root = lan.root("far").with("ekicho.repo", lan.fetch(SERVER + "/client/latest.repo"));
            good(root.dnf("install", "hello"));
            assertThat(root.file("opt/hello/version")).hasContent("1.0");
            assertThat(lan.fetch(SERVER + "/9/x86_64/repodata/repomd.xml"))
                    .as("at its old path, too")
                    .isEqualTo(Files.readString(packages.folder().resolve("repodata/repomd.xml")));
        }
    }

    private static void assertSame(Path one, Path other) throws IOException {
        List<String> names;
        try (Stream<Path> files = Files.list(one)) {
            names = files.map(file -> file.getFileName().toString()).sorted().toList();
        }
        assertThat(other.toFile().list()).containsExactlyInAnyOrderElementsOf(names);
        for (String name : names) {
            assertThat(other.resolve(name)).hasSameBinaryContentAs(one.resolve(name));
        }
    }
}
