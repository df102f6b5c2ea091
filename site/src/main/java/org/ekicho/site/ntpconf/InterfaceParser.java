package org.ekicho.site.ntpconf;

import java.util.List;
import java.util.Optional;
import org.ekicho.ntp.settings.InterfaceRule;
import org.ekicho.site.diagnostic.Diagnostic;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.site.diagnostic.Suggestions;
import org.ekicho.wire.IpPrefix;

/// `interface listen|ignore|drop all|ipv4|ipv6|wildcard|NAME|ADDRESS[/BITS]`.
final class InterfaceParser {
    private static final List<String> ACTIONS = List.of("listen", "ignore", "drop");
    private static final String EXAMPLE = "interface listen eth0";

    private final Diagnostics problems;

    InterfaceParser(Diagnostics problems) {
        this.problems = problems;
    }

    Optional<Statement> rule(ConfLine line) {
        Optional<Word> action = Grammar.required(line, "listen, ignore or drop", EXAMPLE, problems);
        if (action.isEmpty()) {
            return Optional.empty();
        }
        if (!ACTIONS.contains(action.get().text())) {
            problems.add(Diagnostic.error(
                            action.get().at(),
                            line.keyword().text() + " begins with what to do, not with \""
                                    + action.get().text() + "\"")
                    .expected("listen, ignore or drop")
                    .example("interface listen " + action.get().text())
                    .suggestion(Suggestions.nearest(action.get().text(), ACTIONS)));
            return Optional.empty();
        }
        Optional<Word> which = Grammar.required(line, "an interface, an address or all", EXAMPLE, problems);
        Grammar.end(line, problems);
        return which.map(w -> new Statement.Interface(line.keyword().at(), rule(action.get(), w)));
    }

    private static InterfaceRule rule(Word action, Word which) {
        InterfaceRule.Action what = switch (action.text()) {
            case "listen" -> InterfaceRule.Action.LISTEN;
            case "ignore" -> InterfaceRule.Action.IGNORE;
            default -> InterfaceRule.Action.DROP;
        };
        Optional<IpPrefix> prefix = IpPrefix.parse(which.text());
        return new InterfaceRule(what, prefix.isPresent() ? Optional.empty() : Optional.of(which.text()), prefix);
    }
}
