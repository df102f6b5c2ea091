package org.ekicho.site.ntpconf;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ekicho.ntp.access.RestrictFlag;
import org.ekicho.ntp.access.RestrictRule;
import org.ekicho.ntp.settings.SourceSettings;
import org.ekicho.site.Surroundings;
import org.ekicho.site.diagnostic.Diagnostic;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.site.diagnostic.Position;
import org.ekicho.site.ntpconf.Statement.Family;
import org.ekicho.site.ntpconf.Statement.Restrict;
import org.ekicho.site.ntpconf.Statement.Restrict.Target;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;

/// `restrict` lines as rules, and what holds where no line speaks: time for everybody, control queries for the host
/// itself only.
final class Restricts {
    private final List<Statement> statements;
    private final List<SourceSettings> sources;
    private final Surroundings surroundings;
    private final Diagnostics problems;

    Restricts(
            List<Statement> statements, List<SourceSettings> sources, Surroundings surroundings, Diagnostics problems) {
        this.statements = statements;
        this.sources = sources;
        this.surroundings = surroundings;
        this.problems = problems;
    }

    List<RestrictRule> rules() {
        List<RestrictRule> rules = new ArrayList<>();
        Optional<Restrict> template = Optional.empty();
        for (Statement statement : statements) {
            if (statement instanceof Restrict restrict) {
                prefixes(restrict).forEach(p -> rules.add(new RestrictRule(p, restrict.flags())));
                template = restrict.target() instanceof Target.Sources ? Optional.of(restrict) : template;
            }
        }
        template.ifPresent(t -> sourceRules(t, rules));
        addDefaults(rules);
        return rules;
    }

    private List<IpPrefix> prefixes(Restrict restrict) {
        return switch (restrict.target()) {
            case Target.Default(Family family) ->
                switch (family) {
                    case ANY -> List.of(IpPrefix.ALL_V4, IpPrefix.ALL_V6);
                    case V4 -> List.of(IpPrefix.ALL_V4);
                    case V6 -> List.of(IpPrefix.ALL_V6);
                };
            case Target.Net(IpPrefix prefix) -> List.of(prefix);
            case Target.Name(Word name, Family family) -> named(restrict, name, family);
            case Target.Sources() -> List.of();
        };
    }

    private List<IpPrefix> named(Restrict restrict, Word name, Family family) {
        List<IpAddress> addresses = name.text().equals("localhost")
                ? List.of(IpAddress.LOOPBACK_V4, IpAddress.LOOPBACK_V6)
                : surroundings.addresses(name.text());
        List<IpPrefix> prefixes = addresses.stream()
                .filter(a -> family == Family.ANY || a.isV4() == (family == Family.V4))
                .map(IpPrefix::host)
                .toList();
        if (prefixes.isEmpty()) {
            String message = "the name " + name.text() + " has no address now";
            problems.add(
                    restrict.flags() == 0
                            ? Diagnostic.warning(name.at(), message + ", so it is not allowed more than others")
                            : Diagnostic.error(name.at(), message + ", so what it must not do cannot be held to")
                                    .expected("a numeric address")
                                    .example("restrict 192.168.55.7 noquery"));
        }
        return prefixes;
    }

    /// `restrict source`: a rule for each address of a source that no rule of its own names.
    private void sourceRules(Restrict template, List<RestrictRule> rules) {
        Set<IpPrefix> named = new LinkedHashSet<>();
        rules.forEach(r -> named.add(r.prefix()));
        boolean unresolved = false;
        for (SourceSettings source : sources) {
            List<IpAddress> addresses =
                    IpAddress.parse(source.host()).map(List::of).orElseGet(() -> surroundings.addresses(source.host()));
            unresolved |= addresses.isEmpty();
            addresses.stream()
                    .map(IpPrefix::host)
                    .filter(named::add)
                    .forEach(p -> rules.add(new RestrictRule(p, template.flags())));
        }
        if (unresolved) {
            problems.add(Diagnostic.warning(
                    template.at(),
                    "restrict source counts for the addresses that sources have now; for a name without address the "
                            + "other lines count"));
        }
    }

    /// Where no `restrict default` line stands, strangers get time but no control queries, which amplify.
    private void addDefaults(List<RestrictRule> rules) {
        boolean v4 = rules.stream().anyMatch(r -> r.prefix().equals(IpPrefix.ALL_V4));
        boolean v6 = rules.stream().anyMatch(r -> r.prefix().equals(IpPrefix.ALL_V6));
        if (v4 && v6) {
            return;
        }
        if (!v4) {
            rules.add(new RestrictRule(IpPrefix.ALL_V4, RestrictFlag.NOQUERY.mask()));
            allowLoopback(rules, IpAddress.LOOPBACK_V4);
        }
        if (!v6) {
            rules.add(new RestrictRule(IpPrefix.ALL_V6, RestrictFlag.NOQUERY.mask()));
            allowLoopback(rules, IpAddress.LOOPBACK_V6);
        }
        if (!v4 && !statements.isEmpty()) {
            Position at = Position.ofFile(statements.getFirst().at().source());
            problems.add(Diagnostic.hint(
                    at,
                    "no restrict default line: everybody gets time, but control queries (ntpq) are answered to this "
                            + "host and to nets that a restrict line names only"));
        }
    }

    private static void allowLoopback(List<RestrictRule> rules, IpAddress loopback) {
        boolean covered = rules.stream()
                .anyMatch(r -> r.prefix().length() > 0 && r.prefix().contains(loopback));
        if (!covered) {
            rules.add(new RestrictRule(IpPrefix.host(loopback), 0));
        }
    }
}
