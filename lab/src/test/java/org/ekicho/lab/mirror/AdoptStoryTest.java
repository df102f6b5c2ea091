package org.ekicho.lab.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ekicho.lab.lan.Lan;
import org.ekicho.lab.lan.Machine;
import org.ekicho.lab.lan.Outcome;
import org.ekicho.lab.mirror.MirrorLan.Release;
import org.ekicho.lab.mirror.MirrorLan.Root;
import org.ekicho.lab.peer.Ekicho;
import org.ekicho.lab.peer.PeerTest;
import org.ekicho.lab.peer.Programs;
import org.ekicho.site.adopt.Adoption;
import org.ekicho.site.adopt.AdoptionTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/// What an admin did by hand in 2007: the distribution's own `.repo` file, pointed to a mirror of one's own, and back.
@PeerTest(programs = {"dnf", "rpm", "gpg", "rpmsign", "curl", "busybox"})
final class AdoptStoryTest {
    private static final Path TEXTS = Programs.root().resolve("site/src/test/resources/golden/repofile");
    private static final String SERVER = MirrorLan.SERVER;
    private static final AdoptionTarget TARGET =
            AdoptionTarget.of(SERVER, Optional.empty()).orElseThrow();

    private static String text(String name) throws IOException {
        return read(TEXTS.resolve(name));
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    @Test
    void adopt_shows_what_it_changes_does_it_once_and_takes_it_back(TestInfo test) throws IOException {
        try (Lan lan = Lan.of(test)) {
            Machine client = lan.machine("client");
            for (String name : List.of("centos5-base.repo", "centos7-base.repo", "stream9-centos.repo")) {
                String before = text(name);
                Path file = client.file(name, "");
                Files.writeString(file, before, StandardCharsets.ISO_8859_1);
                Path dist = file.resolveSibling(name + ".dist");
                String[] adopt = {"mirror", "adopt", file.toString(), "--host", "192.168.55.1"};

                Outcome first = Ekicho.show(client, adopt);
                assertThat(first.exit()).isZero();
                assertThat(first.out())
                        .contains("@@", "+baseurl=" + SERVER + "/", "uses the mirror now", "as it was is " + dist);
                assertThat(read(file))
                        .isEqualTo(Adoption.adopt(before, TARGET).text())
                        .isNotEqualTo(before);
                assertThat(read(dist)).isEqualTo(before);

                String adopted = read(file);
                assertThat(Ekicho.show(client, adopt).out()).contains("nothing to change");
                assertThat(read(file)).isEqualTo(adopted);

                Outcome undo = Ekicho.show(client, "mirror", "adopt", file.toString(), "--undo");
                assertThat(undo.exit()).isZero();
                assertThat(undo.out()).contains("-baseurl=" + SERVER + "/", "is as it was");
                assertThat(read(file)).isEqualTo(before);
                assertThat(dist).doesNotExist();
            }
        }
    }

    @Test
    void a_client_fetches_and_runs_the_script_and_its_dnf_uses_us(TestInfo test) throws IOException {
        try (MirrorLan lan = MirrorLan.of(test)) {
            MirrorLan.Key key = lan.key("vendor");
            OwnPackages packages = OwnPackages.in(lan.server().folder().resolve("rpms"));
            lan.signPackage(key, packages.folder().resolve("tools-1.0-1.noarch.rpm"));
            Path site = site(lan, key);
            publish(lan, site, packages, "base");
            publish(lan, site, packages, "baseos");
            serve(lan, site);
            Machine client = lan.client();
            ownEtc(client, key);

            Path seven = Path.of("/etc/yum.repos.d/CentOS-Base.repo");
            Root old = lan.root("seven").systemFiles();
            adopt(client, "centos7-base.repo", seven, () -> {
                Outcome install = old.dnf(Release.SEVEN, "--repo=base", "install", "tools");
                assertThat(install.exit()).as(install.transcript()).isZero();
                assertThat(old.file("opt/tools/version")).hasContent("1.0");
                awaitClients(lan, site, 0, "192.168.55.2", "libdnf", "latest/base", "1 client, 0 behind");

                packages.hello("1.1");
                publish(lan, site, packages, "base");
                awaitClients(lan, site, 1, "latest/base, 1 behind", "1 client, 1 behind");
                assertThat(old.dnf(Release.SEVEN, "--repo=base", "--refresh", "makecache")
                                .exit())
                        .isZero();
                awaitClients(lan, site, 0, "1 client, 0 behind");
            });

            Root current = lan.root("stream").systemFiles().variable("stream", "9-stream");
            adopt(client, "stream9-centos.repo", Path.of("/etc/yum.repos.d/centos.repo"), () -> {
                Outcome install = current.dnf(Release.NINE, "--repo=baseos", "install", "tools");
                assertThat(install.exit()).as(install.transcript()).isZero();
                assertThat(current.file("opt/tools/version")).hasContent("1.0");
                awaitClients(lan, site, 0, "latest/baseos", "1 client, 0 behind");
            });
        }
    }

    /// The daemon, as it runs on a host whose time another program keeps.
    private static void serve(MirrorLan lan, Path site) {
        Machine server = lan.server();
        String state = server.folder().resolve("state").toString();
        Ekicho.awaitReady(
                lan.lan(),
                server.start("ekicho", Programs.ekicho(), "serve", "--config", site.toString(), "--state", state));
        Outcome status = Ekicho.show(server, "status");
        assertThat(status.exit()).as(status.transcript()).isZero();
        assertThat(status.out()).contains("switched off", "mirror   ", "serves   http://0.0.0.0:80");
        assertThat(Ekicho.show(server, "time", "assoc").out()).contains("serves no time");
    }

    private interface Use {
        void use() throws IOException;
    }

    /// Adopts a file of the client by the one line that the start page shows, uses it, and takes it back.
    private static void adopt(Machine client, String name, Path file, Use use) throws IOException {
        String before = text(name);
        Path copy = client.file("given", "");
        Files.writeString(copy, before, StandardCharsets.ISO_8859_1);
        client.must("cp", copy.toString(), file.toString());
        String line = "curl -fsS " + SERVER + "/adopt.sh | sh";
        Outcome first = client.show("sh", "-c", line);
        assertThat(first.exit()).as(first.transcript()).isZero();
        assertThat(first.out()).contains("+baseurl=" + SERVER + "/");
        assertThat(client.must("cat", file.toString()).out())
                .isEqualTo(Adoption.adopt(before, TARGET).text());
        assertThat(client.show("sh", "-c", line).out()).contains("nothing to change");
        use.use();
        client.show("sh", "-c", line + " -s -- --undo");
        client.must("cmp", copy.toString(), file.toString());
        client.must("rm", file.toString());
    }

    private static Path site(MirrorLan lan, MirrorLan.Key key) throws IOException {
        Machine server = lan.server();
        Files.writeString(server.folder().resolve("seven.repo"), text("centos7-base.repo"));
        Files.writeString(server.folder().resolve("nine.repo"), text("stream9-centos.repo"));
        return server.file("ekicho.toml", """
                [site]
                name = "lab"

                [time]
                enabled = false

                [mirror]
                folder = "%s"
                url = "%s"
                repo-files = ["seven.repo", "nine.repo"]

                [mirror.vars]
                releasever = "9"

                [mirror.serve]
                listen = ["0.0.0.0:80"]

                [[mirror.repo]]
                id = "base"
                releasever = ["7"]
                keys = ["%s"]

                [[mirror.repo]]
                id = "baseos"
                keys = ["%s"]
                """.formatted(lan.mirror(), SERVER, key.known(), key.known()));
    }

    private static void publish(MirrorLan lan, Path site, OwnPackages packages, String repo) {
        Outcome outcome = lan.ekicho(site, "publish", packages.folder().toString(), "--as", repo);
        assertThat(outcome.exit()).as(outcome.transcript()).isZero();
    }

    /// Gives the client an `/etc` of its own, with the distribution's keys.
    private static void ownEtc(Machine client, MirrorLan.Key key) {
        client.must("mkdir", "/run/upper", "/run/work");
        client.must(
                "mount",
                "-t",
                "overlay",
                "overlay",
                "-o",
                "lowerdir=/etc,upperdir=/run/upper,workdir=/run/work",
                "/etc");
        client.must("mkdir", "-p", "/etc/yum.repos.d", "/etc/pki/rpm-gpg");
        for (String name : List.of("RPM-GPG-KEY-CentOS-7", "RPM-GPG-KEY-centosofficial")) {
            client.must("cp", key.known().toString(), "/etc/pki/rpm-gpg/" + name);
        }
    }

    /// The log is written a moment later than the answer is sent.
    private static void awaitClients(MirrorLan lan, Path site, int exit, String... words) {
        Outcome[] last = new Outcome[1];
        lan.lan()
                .await(
                        "clients shows " + List.of(words),
                        30,
                        () -> {
                            last[0] = lan.ekicho(site, "clients");
                            return last[0].exit() == exit
                                    && List.of(words).stream().allMatch(last[0].out()::contains);
                        },
                        () -> last[0].transcript());
    }
}
