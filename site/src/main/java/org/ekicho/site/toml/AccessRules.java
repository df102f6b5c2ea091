package org.ekicho.site.toml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ekicho.ntp.access.RestrictFlag;
import org.ekicho.ntp.access.RestrictRule;
import org.ekicho.ntp.settings.SourceSettings;
import org.ekicho.site.Surroundings;
import org.ekicho.site.diagnostic.Diagnostic;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.site.diagnostic.Position;
import org.ekicho.site.toml.SectionReader.Switched;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;

/// `allow`, `query`, `require-key`, `[time.rate-limit]` and `[[time.restrict]]` as the rules of one access list, in
/// which the smallest net that holds an address decides alone.
final class AccessRules {
    private final SectionReader time;
    private final SectionReader rateLimit;
    private final Surroundings surroundings;
    private final Diagnostics problems;

    AccessRules(SectionReader time, SectionReader rateLimit, Surroundings surroundings, Diagnostics problems) {
        this.time = time;
        this.rateLimit = rateLimit;
        this.surroundings = surroundings;
        this.problems = problems;
    }

    List<RestrictRule> rules(List<SourceSettings> sources, List<SectionReader> restricts) {
        List<IpPrefix> allow = nets("allow");
        List<IpPrefix> query = nets("query");
        List<IpPrefix> all = new ArrayList<>(List.of(IpPrefix.ALL_V4, IpPrefix.ALL_V6));
        all.addAll(allow);
        all.addAll(query);
        Map<IpPrefix, Integer> flags = new LinkedHashMap<>();
        for (IpPrefix net : all) {
            flags.put(net, flags(net, allow, query));
        }
        flags.put(IpPrefix.host(IpAddress.LOOPBACK_V4), 0);
        flags.put(IpPrefix.host(IpAddress.LOOPBACK_V6), 0);
        for (SourceSettings source : sources) {
            for (IpAddress address : addresses(source.host())) {
                flags.putIfAbsent(IpPrefix.host(address), sourceFlags(address, allow, query));
            }
        }
        for (SectionReader restrict : restricts) {
            override(restrict, flags);
        }
        return flags.entrySet().stream()
                .map(e -> new RestrictRule(e.getKey(), e.getValue()))
                .toList();
    }

    private int flags(IpPrefix net, List<IpPrefix> allow, List<IpPrefix> query) {
        int flags = RestrictFlag.NOMODIFY.mask() | RestrictFlag.NOTRAP.mask();
        if (rateLimit.isOn("enabled", Switched.ON)) {
            flags |= RestrictFlag.LIMITED.mask() | RestrictFlag.KOD.mask();
        }
        if (time.isOn("require-key", Switched.OFF)) {
            flags |= RestrictFlag.NOTRUST.mask();
        }
        if (time.has("allow") && !covers(allow, net)) {
            flags |= RestrictFlag.NOSERVE.mask();
        }
        return covers(query, net) ? flags : flags | RestrictFlag.NOQUERY.mask();
    }

    /// A source is heard wherever it stands, and its replies need no key that its own line does not ask for.
    private int sourceFlags(IpAddress source, List<IpPrefix> allow, List<IpPrefix> query) {
        return flags(IpPrefix.host(source), allow, query)
                & ~(RestrictFlag.NOSERVE.mask() | RestrictFlag.NOTRUST.mask());
    }

    private static boolean covers(List<IpPrefix> nets, IpPrefix inner) {
        return nets.stream().anyMatch(n -> n.length() <= inner.length() && n.contains(inner.base()));
    }

    private List<IpAddress> addresses(String host) {
        return IpAddress.parse(host).map(List::of).orElseGet(() -> surroundings.addresses(host));
    }

    private List<IpPrefix> nets(String key) {
        List<IpPrefix> nets = new ArrayList<>();
        List<String> texts = time.texts(key);
        for (int i = 0; i < texts.size(); i++) {
            Optional<IpPrefix> net = IpPrefix.parse(texts.get(i));
            net.ifPresent(nets::add);
            if (net.isEmpty()) {
                problems.add(noNet(time.at(key, i), texts.get(i)).example(key + " = [\"192.168.55.0/24\"]"));
            }
        }
        return nets;
    }

    private static Diagnostic noNet(Position at, String text) {
        return Diagnostic.error(at, "\"" + SectionReader.printable(text) + "\" is no address or net")
                .expected("an address, or address/length");
    }

    private void override(SectionReader restrict, Map<IpPrefix, Integer> flags) {
        int mask = 0;
        for (String word : restrict.texts("flags")) {
            mask |= RestrictFlag.valueOf(word.toUpperCase(Locale.ROOT)).mask();
        }
        Optional<String> net = restrict.requiredText("net");
        if (net.isEmpty()) {
            return;
        }
        if (net.get().equals("default")) {
            flags.put(IpPrefix.ALL_V4, mask);
            flags.put(IpPrefix.ALL_V6, mask);
            return;
        }
        Optional<IpPrefix> prefix = IpPrefix.parse(net.get());
        if (prefix.isEmpty()) {
            problems.add(noNet(restrict.at("net"), net.get()).example("net = \"192.168.55.7\""));
        } else {
            flags.put(prefix.get(), mask);
        }
    }
}
