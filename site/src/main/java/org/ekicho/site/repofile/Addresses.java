package org.ekicho.site.repofile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ekicho.mirror.settings.Upstream.Login;
import org.ekicho.site.diagnostic.Diagnostic;
import org.ekicho.site.diagnostic.Diagnostics;

/// The addresses of one section with their variables replaced. A name and password that stand in an address are taken
/// out of it, so that it can be shown. Belongs to one reading.
final class Addresses {
    static final Set<String> SCHEMES = Set.of("http", "https", "file");
    private static final String FTP = "(?i)ftp://.*";
    /// Proxies that a sync can go through.
    static final Set<String> PROXY_SCHEMES = Set.of("http", "https");

    private static final Pattern URL = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(//)?(?:([^/@\\s]*)@)?(\\S*)");

    private final RepoSection section;
    private final Variables variables;
    private final Diagnostics problems;
    private Optional<Login> login = Optional.empty();
    private boolean bad;

    Addresses(RepoSection section, Variables variables, Diagnostics problems) {
        this.section = section;
        this.variables = variables;
        this.problems = problems;
    }

    /// An address and the login that stood in it.
    record Place(String url, Optional<Login> login) {}

    /// Whether one of the addresses was refused, which is told.
    boolean isBad() {
        return bad;
    }

    /// The login that stood in the first address that had one.
    Optional<Login> login() {
        return login;
    }

    /// A value with its variables replaced.
    Optional<String> text(String key) {
        return section.value(key).map(v -> variables.expand(v.text()).text());
    }

    List<String> urls(String key) {
        Optional<RepoValue> value = section.value(key);
        List<String> urls = new ArrayList<>();
        List<String> items = value.map(RepoValue::items).orElse(List.of());
        boolean othersWork = items.stream().anyMatch(item -> !item.matches(FTP));
        for (String item : items) {
            if (othersWork && item.matches(FTP)) {
                problems.add(Diagnostic.warning(
                                value.orElseThrow().at(),
                                "nothing is fetched by FTP: " + RepoSections.printable(withoutLogin(item))
                                        + " is left out, the other addresses of " + key + " stay")
                        .expected("the server's http address"));
                continue;
            }
            place(value.orElseThrow(), item, SCHEMES).ifPresent(place -> {
                login = login.or(place::login);
                urls.add(place.url());
            });
        }
        return urls;
    }

    /// The one address of a key: a comma belongs to it (`protocol=https,http`).
    Optional<String> url(String key) {
        Optional<Place> place = section.value(key).flatMap(v -> place(v, v.text(), SCHEMES));
        place.ifPresent(p -> login = login.or(p::login));
        return place.map(Place::url);
    }

    /// One address; an error when it is none or lacks a variable.
    Optional<Place> place(RepoValue value, String written, Set<String> schemes) {
        String text = expand(value, written);
        if (!variables.expand(written).unknown().isEmpty()) {
            return Optional.empty();
        }
        Matcher url = URL.matcher(text);
        boolean known = url.matches() && schemes.contains(url.group(1).toLowerCase(Locale.ROOT));
        boolean file = known && url.group(1).equalsIgnoreCase("file");
        if (!known || url.group(4).isEmpty() || (url.group(2) == null && !file)) {
            refuse(Diagnostic.error(
                            value.at(),
                            value.key() + " takes no \"" + RepoSections.printable(withoutLogin(text)) + "\"")
                    .expected("an address that begins with " + String.join(", ", new TreeSet<>(schemes)))
                    .example(value.key() + "=http://mirror.example.org/el9/"));
            return Optional.empty();
        }
        String slashes = url.group(2) == null ? "" : url.group(2);
        return Optional.of(new Place(
                url.group(1) + ":" + slashes + url.group(4),
                Optional.ofNullable(url.group(3)).map(Addresses::login)));
    }

    private static Login login(String userInfo) {
        int colon = userInfo.indexOf(':');
        return colon < 0
                ? new Login(decoded(userInfo), "")
                : new Login(decoded(userInfo.substring(0, colon)), decoded(userInfo.substring(colon + 1)));
    }

    /// `%40` as `@`; a broken escape stays.
    private static String decoded(String text) {
        return Pattern.compile("%([0-9A-Fa-f]{2})")
                .matcher(text)
                .replaceAll(escape ->
                        Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 16))));
    }

    /// An address that may be shown.
    static String withoutLogin(String url) {
        return url.replaceFirst("//[^/]*@", "//");
    }

    /// Replaces variables; each that is unknown is told and makes the section unusable.
    String expand(RepoValue value, String written) {
        Variables.Expanded expanded = variables.expand(written);
        for (String name : new TreeSet<>(expanded.unknown())) {
            refuse(Diagnostic.error(
                            value.at(),
                            "$" + name + " in " + value.key() + " of [" + section.id() + "] has no value here")
                    .expected("its value in [mirror.vars]")
                    .example(name + " = \"" + exampleOf(name) + "\""));
        }
        return expanded.text();
    }

    private static String exampleOf(String variable) {
        return switch (variable.toLowerCase(Locale.ROOT)) {
            case "releasever" -> "9";
            case "basearch", "arch" -> "x86_64";
            case "stream" -> "9-stream";
            case "uuid" -> "00000000-0000-4000-8000-000000000000";
            default -> "…";
        };
    }

    private void refuse(Diagnostic error) {
        problems.add(error);
        bad = true;
    }
}
