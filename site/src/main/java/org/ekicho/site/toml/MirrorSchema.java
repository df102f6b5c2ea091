package org.ekicho.site.toml;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ekicho.mirror.settings.ClientGeneration;
import org.ekicho.mirror.settings.MirrorSettings;
import org.ekicho.site.toml.Section.Repeat;

/// The tables and keys of the package mirror.
final class MirrorSchema {
    private static final Kind TEXT = new Kind.Text();
    private static final Kind TEXTS = new Kind.ListOf(TEXT);
    private static final Kind SWITCH = new Kind.Switch();
    private static final Kind SPAN = new Kind.Span();
    private static final Kind GENERATION = new Kind.Choice(
            Arrays.stream(ClientGeneration.values()).map(ClientGeneration::word).toList());

    static final Section MIRROR = new Section(
            "mirror",
            Repeat.ONCE,
            "The package mirror. There is none unless this table or one below it stands in the file. Repositories come "
                    + "from ordinary `.repo` files: those named here, and those that `ekicho mirror add` wrote into "
                    + "`repos.d` of the mirror's folder.",
            List.of(
                    new Key(
                            "folder",
                            TEXT,
                            "\"" + MirrorSettings.DEFAULT_FOLDER + "\"",
                            "\"/srv/mirror\"",
                            "Where packages, snapshots and channels are. One file system, as files are hard links."),
                    new Key(
                            "url",
                            TEXT,
                            "as each client asked",
                            "\"http://mirror.lan\"",
                            "How clients reach this server: the address in mirrorlists and client configuration."),
                    new Key(
                            "repo-files",
                            TEXTS,
                            "none",
                            "[\"repos.d/*.repo\"]",
                            "`.repo` files to mirror; `*` and `?` stand for characters of the file's name."),
                    new Key(
                            "sync-every",
                            SPAN,
                            "only when told",
                            "\"6h\"",
                            "How often the service syncs all enabled repositories by itself."),
                    new Key(
                            "grace",
                            SPAN,
                            "\"3d\"",
                            "\"3d\"",
                            "How long the files of a replaced snapshot stay reachable: at least the clients' "
                                    + "`metadata_expire`, 48 hours for dnf."),
                    new Key(
                            "keep",
                            new Kind.Whole(0, 10_000),
                            String.valueOf(MirrorSettings.DEFAULT_KEEP),
                            "14",
                            "How many snapshots of each repository are kept beside those in use."),
                    new Key(
                            "parallel",
                            new Kind.Whole(1, 64),
                            String.valueOf(MirrorSettings.DEFAULT_PARALLEL),
                            "4",
                            "Downloads at once."),
                    new Key(
                            "bandwidth",
                            new Kind.Rate(),
                            "unlimited",
                            "\"20M\"",
                            "For all downloads together; units are powers of 1024.")));

    static final Section REPO = new Section(
            "mirror.repo",
            Repeat.MANY,
            "What a `.repo` file cannot say of one of its sections, or a repository that has none: own packages, or "
                    + "snapshots that arrive in bundles.",
            List.of(
                    new Key("id", TEXT, "required", "\"base\"", "The section's id in its `.repo` file, or a new one."),
                    new Key(
                            "name",
                            TEXT,
                            "the id",
                            "\"Our own packages\"",
                            "With `folder` or `from-bundles`: its name."),
                    new Key("enabled", SWITCH, "as the file says", "false", "Whether a sync without names takes it."),
                    new Key("folder", TEXT, "none", "\"/srv/rpms\"", "A folder of own packages, indexed here."),
                    new Key(
                            "from-bundles",
                            SWITCH,
                            "false",
                            "true",
                            "Its snapshots arrive by `ekicho mirror import` and are never fetched."),
                    new Key(
                            "releasever",
                            TEXTS,
                            "`[mirror.vars]`",
                            "[\"8\", \"9\"]",
                            "Values of `$releasever`. Several make a repository each, with the value behind its id."),
                    new Key(
                            "basearch",
                            TEXTS,
                            "`[mirror.vars]`",
                            "[\"x86_64\", \"aarch64\"]",
                            "Values of `$basearch`, likewise."),
                    new Key("newest-only", SWITCH, "false", "true", "Whether only the newest version is kept."),
                    new Key("archs", TEXTS, "all", "[\"x86_64\", \"noarch\"]", "Architectures kept; `src` is sources."),
                    new Key(
                            "packages",
                            TEXTS,
                            "all",
                            "[\"kernel*\", \"@core\"]",
                            "Names, globs and `@groups` of packages to keep."),
                    new Key(
                            "closure",
                            SWITCH,
                            "true with `packages`",
                            "false",
                            "Whether what these packages require is kept with them."),
                    new Key(
                            "for",
                            GENERATION,
                            "by `releasever`, else \"el7\"",
                            "\"el9\"",
                            "Oldest clients that rebuilt metadata is written for."),
                    new Key(
                            "keys",
                            TEXTS,
                            "`gpgkey` of the file",
                            "[\"keys/RPM-GPG-KEY-lab\"]",
                            "Files of public keys that its signatures are checked with. With `folder`: packages must be "
                                    + "signed by one of them."),
                    new Key(
                            "sign-with",
                            TEXT,
                            "unsigned",
                            "\"keys/mirror.secret\"",
                            "File of the OpenPGP secret key that signs rebuilt metadata."),
                    new Key(
                            "aliases",
                            TEXTS,
                            "the path of its address in the .repo file",
                            "[\"centos/$releasever/os/$basearch\"]",
                            "Further paths of its `latest` state on this server, such as the one on the vendor's.")));

    static final Section SERVE = new Section(
            "mirror.serve",
            Repeat.ONCE,
            "Serving the mirror over HTTP. Nothing is served unless this table stands in the file.",
            List.of(
                    new Key(
                            "listen",
                            TEXTS,
                            "[\"0.0.0.0:80\", \"[::]:80\"], or none with `tls-listen`",
                            "[\"192.168.55.1:80\"]",
                            "Addresses and ports."),
                    new Key(
                            "tls-listen",
                            TEXTS,
                            "none",
                            "[\"192.168.55.1:443\"]",
                            "The same with TLS; needs `certificate` and `key`."),
                    new Key("certificate", TEXT, "none", "\"tls/mirror.pem\"", "PEM file of the certificate chain."),
                    new Key("key", TEXT, "none", "\"tls/mirror.key\"", "PEM file of its key, mode 0640 or less."),
                    new Key(
                            "access-log",
                            TEXT,
                            "`log/access.log` in the mirror's folder",
                            "\"/var/log/ekicho/access.log\"",
                            "File of the access log in combined format."),
                    new Key(
                            "siblings",
                            TEXTS,
                            "none",
                            "[\"http://mirror2.lan\"]",
                            "Other servers that clients go to when this one is down. Each is named only for a snapshot that it"
                                    + " has: it is asked.")));

    static final Section VARS = new Section(
            "mirror.vars",
            Repeat.ONCE,
            "What `$releasever`, `$basearch` and the site's own variables in `.repo` files stand for. Without a value "
                    + "here `$basearch` is `x86_64`, `$infra` is `stock`, `$contentdir` is `centos`, and `$stream` is "
                    + "`$releasever-stream`.",
            List.of(
                    new Key("releasever", TEXT, "none", "\"9\"", "The distribution's release."),
                    new Key("basearch", TEXT, "\"x86_64\"", "\"aarch64\"", "The clients' architecture.")),
            Optional.of(new Key("own-name", TEXT, "none", "\"eu\"", "Any other name is a variable of your own.")));

    static final List<Section> SECTIONS = List.of(MIRROR, REPO, SERVE, VARS);

    private MirrorSchema() {}
}
