package org.ekicho.lab.mirror;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ekicho.lab.lan.Daemon;
import org.ekicho.lab.lan.Lan;
import org.ekicho.lab.lan.Machine;
import org.ekicho.lab.lan.Outcome;
import org.ekicho.lab.peer.Programs;
import org.junit.jupiter.api.TestInfo;

/// A server with a mirror, a client with dnf, and a cable.
final class MirrorLan implements AutoCloseable {
    static final String SERVER = "http://192.168.55.1";
    private static final String GPG_HOME = "/run/gpg";

    private final Lan lan;
    private final Lan.Pair machines;
    private final Path mirror;

    private MirrorLan(Lan lan) {
        this.lan = lan;
        this.machines = lan.pair();
        this.mirror = machines.server().folder().resolve("mirror");
    }

    static MirrorLan of(TestInfo test) {
        return new MirrorLan(Lan.of(test));
    }

    Lan lan() {
        return lan;
    }

    Machine server() {
        return machines.server();
    }

    Machine client() {
        return machines.client();
    }

    /// The mirror's folder.
    Path mirror() {
        return mirror;
    }

    /// Runs `ekicho mirror COMMAND … --folder MIRROR` on the server, and keeps what it printed.
    Outcome ekicho(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        if (!List.of("index", "adopt").contains(words[0])) {
            all.addAll(List.of("--folder", mirror.toString()));
        }
        return ekicho(machines.server(), all);
    }

    /// The same with a site file.
    Outcome ekicho(Path site, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--site", site.toString()));
        return ekicho(machines.server(), all);
    }

    private static Outcome ekicho(Machine machine, List<String> words) {
        List<String> all = new ArrayList<>(List.of(Programs.ekicho(), "mirror"));
        all.addAll(words);
        return machine.show(all.toArray(String[]::new));
    }

    /// Serves the mirror at port 80 of the server, or another.
    Daemon serve(String listen, String... more) {
        List<String> all = new ArrayList<>(List.of(Programs.ekicho(), "mirror", "serve", "--listen", listen));
        all.addAll(List.of(more));
        if (!all.contains("--site")) {
            all.addAll(List.of("--folder", mirror.toString()));
        }
        Daemon daemon = server().start("serve-" + listen.replaceAll("[^0-9]", "-"), all.toArray(String[]::new));
        lan.await("the mirror is served", 60, () -> daemon.log().contains("serves "), daemon::log);
        return daemon;
    }

    /// What the client fetches.
    String fetch(String address) {
        return client().must("curl", "-fsS", address).out();
    }

    /// Makes an OpenPGP key on the server.
    Key key(String name) throws IOException {
        Machine server = server();
        server.must("mkdir", "-p", "-m", "700", GPG_HOME);
        String user = name + " <" + name + "@example.org>";
        server.must(gpg("--passphrase", "", "--quick-gen-key", user, "rsa2048", "sign", "never"));
        Path secret = server.folder().resolve(name + ".secret.asc");
        Path known = server.folder().resolve(name + ".asc");
        server.must(gpg("--armor", "--output", secret.toString(), "--export-secret-keys", user));
        server.must(gpg("--armor", "--output", known.toString(), "--export", user));
        return new Key(user, secret, known);
    }

    private static String[] gpg(String... words) {
        List<String> all = new ArrayList<>(List.of("gpg", "--homedir", GPG_HOME, "--batch", "--quiet"));
        all.addAll(List.of(words));
        return all.toArray(String[]::new);
    }

    /// A key of the server.
    ///
    /// @param secret file of its secret half
    /// @param known  file of its public half
    record Key(String user, Path secret, Path known) {}

    /// Signs a package as rpm does.
    void signPackage(Key key, Path rpm) {
        server().must(
                        "rpmsign",
                        "--define",
                        "_gpg_name " + key.user(),
                        "--define",
                        "_gpg_path " + GPG_HOME,
                        "--define",
                        "__gpg /usr/bin/gpg",
                        "--addsign",
                        rpm.toString());
    }

    /// A fresh client: an empty root, an empty cache, and the `.repo` files that it is given.
    Root root(String name) throws IOException {
        Path folder = client().folder().resolve(name);
        Files.createDirectories(folder.resolve("repos"));
        Files.createDirectories(folder.resolve("vars"));
        return new Root(client(), folder, folder.resolve("repos"));
    }

    /// A system that dnf manages.
    ///
    /// @param folder holds `root/`, `cache/`, `repos/` and `vars/`
    /// @param repos  where its `.repo` files are
    record Root(Machine client, Path folder, Path repos) {
        /// The same with the `.repo` files of the client itself.
        Root systemFiles() {
            return new Root(client, folder, Path.of("/etc/yum.repos.d"));
        }

        Root with(String repoFile, String text) throws IOException {
            Files.writeString(repos().resolve(repoFile), text);
            return this;
        }

        Root variable(String name, String value) throws IOException {
            Files.writeString(folder.resolve("vars").resolve(name), value + "\n");
            return this;
        }

        /// Where a file of the system is.
        Path file(String path) {
            return folder.resolve("root").resolve(path);
        }

        /// Runs dnf on it as a host of CentOS would, and keeps what it printed.
        Outcome dnf(String... words) {
            return dnf(Release.NINE, words);
        }

        /// The same with another `$releasever`.
        Outcome dnf(Release release, String... words) {
            List<String> all = new ArrayList<>(List.of(
                    "dnf",
                    "-y",
                    "--noplugins",
                    "--releasever=" + release.number,
                    "--setopt=module_platform_id=platform:el" + release.number,
                    "--setopt=reposdir=" + repos(),
                    "--setopt=varsdir=" + folder.resolve("vars"),
                    "--setopt=cachedir=" + folder.resolve("cache"),
                    "--setopt=install_weak_deps=0",
                    "--setopt=skip_if_unavailable=0",
                    "--installroot=" + folder.resolve("root")));
            all.addAll(List.of(words));
            Outcome outcome = client.run(all.toArray(String[]::new));
            List<String> shown = new ArrayList<>(List.of("dnf"));
            shown.addAll(List.of(words));
            Outcome brief = new Outcome(shown, outcome.exit(), outcome.out());
            return client.shown(brief);
        }
    }

    /// What the client says it is.
    enum Release {
        SEVEN("7"),
        NINE("9");

        private final String number;

        Release(String number) {
            this.number = number;
        }
    }

    @Override
    public void close() {
        lan.close();
    }
}
