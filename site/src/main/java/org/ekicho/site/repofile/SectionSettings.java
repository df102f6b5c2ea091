package org.ekicho.site.repofile;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.ekicho.mirror.settings.ClientGeneration;
import org.ekicho.mirror.settings.ClientWishes;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.settings.RepoSettings;
import org.ekicho.mirror.settings.RepoSettings.Check;
import org.ekicho.mirror.settings.Selection;
import org.ekicho.mirror.settings.Upstream;
import org.ekicho.mirror.settings.Upstream.Login;
import org.ekicho.mirror.settings.Upstream.Tls;
import org.ekicho.site.diagnostic.Diagnostic;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.site.diagnostic.Suggestions;

/// One section of a `.repo` file as settings, for one release and architecture.
final class SectionSettings {
    private static final List<String> TRUE = List.of("1", "yes", "true", "on", "enabled");
    private static final List<String> FALSE = List.of("0", "no", "false", "off", "disabled");

    private final RepoSection section;
    private final RepoChoice choice;
    private final Variables variables;
    private final Diagnostics problems;
    private final Addresses addresses;

    SectionSettings(RepoSection section, RepoChoice choice, Variables variables, Diagnostics problems) {
        this.section = section;
        this.choice = choice;
        this.variables = variables;
        this.problems = problems;
        this.addresses = new Addresses(section, variables, problems);
    }

    /// Empty when it has no usable source, which is told.
    Optional<RepoSettings> settings(RepoId id) {
        Optional<Upstream> upstream = upstream();
        boolean fileEnabled = isOn("enabled", true);
        String name = addresses.text("name").orElse(id.text());
        Set<Check> checks = checks();
        List<String> keys = choice.keys().isEmpty() ? keys(checks) : choice.keys();
        ClientWishes wishes = wishes();
        return upstream.map(u -> new RepoSettings(
                id,
                name.replaceAll("\\s+", " "),
                new RepoSettings.Source.Remote(u),
                choice.enabled().orElse(fileEnabled),
                checks,
                keys,
                selection(),
                choice.generation().orElseGet(this::generation),
                choice.signingKey(),
                aliases(),
                wishes));
    }

    private ClientWishes wishes() {
        return new ClientWishes(
                number("priority"),
                number("cost"),
                section.value("module_hotfixes").map(v -> isOn("module_hotfixes", false)));
    }

    /// A whole number, which clients have to be given as it is.
    private Optional<Integer> number(String key) {
        Optional<RepoValue> value = section.value(key);
        if (value.isPresent() && !value.get().text().matches("-?[0-9]{1,9}")) {
            problems.add(Diagnostic.warning(
                            value.get().at(),
                            key + " takes no \""
                                    + RepoSections.printable(value.get().text()) + "\", and clients are not told it")
                    .expected("a whole number")
                    .example(key + "=10"));
            return Optional.empty();
        }
        return value.map(v -> Integer.valueOf(v.text()));
    }

    /// As the site says, else the path of the address in the file, so that `adopt` need not change it.
    private List<String> aliases() {
        return choice.aliases().isEmpty()
                ? OldPath.of(section, variables).stream().toList()
                : choice.aliases().stream().map(a -> variables.expand(a).text()).toList();
    }

    private Optional<Upstream> upstream() {
        List<String> baseUrls = addresses.urls("baseurl");
        Optional<String> mirrorlist = addresses.url("mirrorlist");
        Optional<String> metalink = addresses.url("metalink");
        if (metalink.isEmpty() && mirrorlist.filter(m -> m.contains("metalink")).isPresent()) {
            metalink = mirrorlist;
            mirrorlist = Optional.empty();
        }
        Optional<Login> login = login("username", "password").or(addresses::login);
        Optional<Login> proxyLogin = login("proxy_username", "proxy_password");
        Optional<Addresses.Place> proxy = proxy();
        if (addresses.isBad()) {
            return Optional.empty();
        }
        if (baseUrls.isEmpty() && mirrorlist.isEmpty() && metalink.isEmpty()) {
            noSource();
            return Optional.empty();
        }
        return Optional.of(new Upstream(
                baseUrls,
                mirrorlist,
                metalink,
                proxy.map(Addresses.Place::url),
                login,
                proxyLogin.or(() -> proxy.flatMap(Addresses.Place::login)),
                tls()));
    }

    private void noSource() {
        Diagnostic none = Diagnostic.error(
                section.at(),
                "[" + section.id() + "] has no baseurl, mirrorlist or metalink, so nothing can be fetched");
        problems.add(
                section.commented().containsKey("baseurl")
                        ? none.expected("the # in front of its baseurl taken away")
                        : none.example("baseurl=https://mirror.example.org/el9/BaseOS/x86_64/os/"));
    }

    private Optional<Addresses.Place> proxy() {
        return section.value("proxy")
                .filter(p -> !p.text().equals("_none_"))
                .flatMap(p -> addresses.place(p, p.text(), Addresses.PROXY_SCHEMES));
    }

    private Optional<Login> login(String nameKey, String passwordKey) {
        Optional<RepoValue> name = section.value(nameKey);
        Optional<RepoValue> password = section.value(passwordKey);
        if (name.isEmpty() && password.isPresent()) {
            problems.add(Diagnostic.warning(
                    password.get().at(), passwordKey + " without " + nameKey + " is of no use, and is not sent"));
        }
        return name.map(n -> new Login(n.text(), password.map(RepoValue::text).orElse("")));
    }

    private Tls tls() {
        Tls.Verify verify = isOn("sslverify", true) ? Tls.Verify.CERTIFICATE : Tls.Verify.NOTHING;
        if (verify == Tls.Verify.NOTHING) {
            section.value("sslverify")
                    .ifPresent(v -> problems.add(Diagnostic.warning(
                            v.at(),
                            "anybody on the way can pretend to be the server of [" + section.id()
                                    + "]: only signatures protect it")));
        }
        if (section.value("sslclientcert").isEmpty()
                && section.value("sslclientkey").isPresent()) {
            problems.add(Diagnostic.warning(
                    section.value("sslclientkey").orElseThrow().at(),
                    "sslclientkey without sslclientcert is of no use"));
        }
        return new Tls(path("sslcacert"), path("sslclientcert"), path("sslclientkey"), verify);
    }

    private Optional<String> path(String key) {
        return addresses.text(key).map(SectionSettings::plainPath);
    }

    /// `file:///etc/x` as `/etc/x`.
    private static String plainPath(String path) {
        return path.startsWith("file:") ? path.replaceFirst("file:(//(localhost)?(?=/))?", "") : path;
    }

    private Set<Check> checks() {
        EnumSet<Check> checks = EnumSet.noneOf(Check.class);
        if (isOn("gpgcheck", false) || isOn("pkg_gpgcheck", false)) {
            checks.add(Check.PACKAGES);
        } else if (section.value("gpgcheck").isEmpty()
                && section.value("pkg_gpgcheck").isEmpty()) {
            problems.add(Diagnostic.hint(
                            section.at(),
                            "[" + section.id()
                                    + "] does not say gpgcheck: its packages are mirrored whoever signed them")
                    .example("gpgcheck=1"));
        }
        if (isOn("repo_gpgcheck", false)) {
            checks.add(Check.METADATA);
        }
        return checks;
    }

    /// The keys that lie on this host; one that would come from the network is none.
    private List<String> keys(Set<Check> checks) {
        List<String> here = new ArrayList<>();
        Optional<RepoValue> value = section.value("gpgkey");
        for (String key : value.map(RepoValue::items).orElse(List.of())) {
            String expanded = addresses.expand(value.orElseThrow(), key);
            if (expanded.matches("(?i)[a-z]+:.*") && !expanded.startsWith("file:")) {
                problems.add(Diagnostic.warning(
                                value.get().at(),
                                "the key at " + RepoSections.printable(Addresses.withoutLogin(expanded))
                                        + " is not fetched: a key proves nothing when it comes the way of the packages")
                        .expected("its file on this host, once compared with the vendor's fingerprint")
                        .example("keys = [\"/etc/ekicho/keys/" + section.id() + "\"] in [[mirror.repo]]"));
            } else {
                here.add(plainPath(expanded));
            }
        }
        if (!checks.isEmpty() && value.isEmpty()) {
            problems.add(Diagnostic.warning(
                            section.at(),
                            "[" + section.id()
                                    + "] wants signatures and names no key: every sync of it will be refused")
                    .example("gpgkey=file:///etc/pki/rpm-gpg/RPM-GPG-KEY-" + section.id()));
        }
        return here;
    }

    private Selection selection() {
        List<String> exclude = new ArrayList<>(items("excludepkgs"));
        exclude.addAll(items("exclude"));
        return new Selection(
                choice.versions(), choice.archs(), items("includepkgs"), exclude, choice.packages(), choice.closure());
    }

    private List<String> items(String key) {
        return section.value(key).map(RepoValue::items).orElse(List.of());
    }

    /// By the release, where it is known; else what everything since CentOS 7 reads.
    private ClientGeneration generation() {
        return variables
                .value(Variables.RELEASEVER)
                .map(SectionSettings::generation)
                .orElse(ClientGeneration.EL7);
    }

    private static ClientGeneration generation(String release) {
        String major = release.replaceFirst("[^0-9].*", "");
        int number = major.isEmpty() || major.length() > 4 ? 0 : Integer.parseInt(major);
        return number >= 20
                ? ClientGeneration.FEDORA
                : ClientGeneration.of("el" + number).orElse(ClientGeneration.EL7);
    }

    private boolean isOn(String key, boolean otherwise) {
        Optional<RepoValue> value = section.value(key);
        if (value.isEmpty()) {
            return otherwise;
        }
        String word = value.get().text().toLowerCase(Locale.ROOT);
        if (TRUE.contains(word) || FALSE.contains(word)) {
            return TRUE.contains(word);
        }
        problems.add(Diagnostic.error(
                        value.get().at(),
                        key + " takes no \""
                                + RepoSections.printable(value.get().text()) + "\"")
                .expected("1 or 0")
                .example(key + "=1")
                .suggestion(Suggestions.nearest(word, TRUE).or(() -> Suggestions.nearest(word, FALSE))));
        return otherwise;
    }
}
